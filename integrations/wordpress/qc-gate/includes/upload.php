<?php
/**
 * The media library: a file is checked before it is stored.
 *
 * @package QcGate
 */

namespace QcGate;

defined( 'ABSPATH' ) || exit;

const FILE_RESULT = '_qc_gate_file';

/** Findings about files waiting for the number of their attachment, by file name. */
final class Uploaded {
	/** @var array */
	public static $findings = array();
}

add_filter( 'wp_handle_upload_prefilter', __NAMESPACE__ . '\guard_upload' );
add_filter( 'wp_handle_sideload_prefilter', __NAMESPACE__ . '\guard_upload' );
add_action( 'add_attachment', __NAMESPACE__ . '\record_upload' );
add_filter( 'attachment_fields_to_edit', __NAMESPACE__ . '\attachment_fields', 10, 2 );
add_filter( 'attachment_fields_to_save', __NAMESPACE__ . '\save_attachment_fields', 10, 2 );

/** Check an uploaded file; its 'error' refuses it. */
function guard_upload( $file ) {
	if ( 'off' === setting( 'upload' ) || ! empty( $file['error'] ) || ! is_readable( $file['tmp_name'] ) ) {
		return $file;
	}
	$checked = check_file( $file['name'], $file['tmp_name'] );
	if ( ! $checked['ok'] ) {
		if ( 'closed' === setting( 'fail' ) ) {
			/* translators: %s: why */
			$file['error'] = sprintf( __( 'QC: the file was not stored, because it could not be checked: %s.', 'qc-gate' ), $checked['why'] );
		}
		Uploaded::$findings[ $file['name'] ] = array( not_checked_finding( $checked['why'] ) );
		return $file;
	}
	$errors = wp_list_pluck( wp_list_filter( $checked['findings'], array( 'severity' => 'error' ) ), 'message' );
	if ( $errors && 'refuse' === setting( 'upload' ) ) {
		$file['error'] = 'QC: ' . implode( '; ', array_slice( $errors, 0, 3 ) );
	}
	Uploaded::$findings[ $file['name'] ] = $checked['findings'];
	return $file;
}

/** What the service finds in one file: {ok, findings} or {ok: false, why}. */
function check_file( $name, $temporary ) {
	if ( filesize( $temporary ) > (int) setting( 'media_mb' ) * MB_IN_BYTES ) {
		/* translators: %d: megabytes */
		return not_checked( sprintf( __( 'it is larger than %d MB', 'qc-gate' ), (int) setting( 'media_mb' ) ) );
	}
	$path    = 'uploads/' . sanitize_file_name( $name );
	$article = article_around( $path, preg_match( '/\.(?:jpe?g|png|gif|webp|avif|heic|bmp|tiff?)$/i', $name ) );
	$answer  = ask_service( $article, array( $path => file_get_contents( $temporary ) ), $name );
	if ( ! $answer['ok'] ) {
		return $answer;
	}
	// Only the file is looked at: credit and caption belong to the article that will show it.
	$about = static function ( $finding ) use ( $path ) {
		return ( $finding['location']['path'] ?? '' ) === $path && 0 !== strpos( $finding['rule'], 'access-' ) && ! in_array( $finding['rule'], array( 'rights-credit-missing', 'rights-creator-not-credited' ), true );
	};
	return array(
		'ok'       => true,
		'findings' => array_values( array_filter( $answer['report']['findings'], $about ) ),
	);
}

/** The smallest article that shows a file. */
function article_around( $path, $is_picture ) {
	$article = array(
		'title'       => 'Kiểm tra tệp tải lên',
		'body_format' => 'html',
	);
	if ( $is_picture ) {
		$article['body'] = '<p><img src="' . esc_attr( $path ) . '" alt=""></p>';
	} elseif ( preg_match( '/\.(?:mp4|webm|mov|m4v|ogv|avi|mkv)$/i', $path ) ) {
		$article['body'] = '<p><video src="' . esc_attr( $path ) . '"></video></p>';
	} else {
		$article['body']        = '<p>.</p>';
		$article['attachments'] = array( array( 'path' => $path ) );
	}
	return $article;
}

/** The finding that stands for a check that did not happen. */
function not_checked_finding( $why ) {
	return array(
		'rule'     => 'file-not-checked',
		'severity' => 'warning',
		/* translators: %s: why */
		'message'  => sprintf( __( 'The file was not checked: %s', 'qc-gate' ), $why ),
		'fix'      => '',
	);
}

/** Keep the findings with the new attachment. */
function record_upload( $id ) {
	$name = basename( (string) get_attached_file( $id ) );
	foreach ( Uploaded::$findings as $given => $findings ) {
		if ( sanitize_file_name( $given ) === $name || 1 === count( Uploaded::$findings ) ) {
			update_post_meta( $id, FILE_RESULT, wp_slash( array_map( __NAMESPACE__ . '\short_finding', $findings ) ) );
			unset( Uploaded::$findings[ $given ] );
			return;
		}
	}
}

/** In the details of a file: its credit, and what the check found. */
function attachment_fields( $fields, $post ) {
	$fields['qc_gate_credit'] = array(
		'label' => __( 'Photographer or source', 'qc-gate' ),
		'value' => get_post_meta( $post->ID, CREDIT, true ),
	);
	$findings                 = get_post_meta( $post->ID, FILE_RESULT, true );
	if ( is_array( $findings ) ) {
		$lines = array_map( static fn( $each ) => '<li>' . esc_html( $each['message'] ) . '</li>', $findings );

		$fields['qc_gate_result'] = array(
			'label' => 'QC',
			'input' => 'html',
			'html'  => $lines ? '<ul class="qc-gate-file">' . implode( '', $lines ) . '</ul>' : esc_html__( 'Checked: nothing found.', 'qc-gate' ),
		);
	}
	return $fields;
}

/** Keep the credit. WordPress has checked the nonce and the right to edit. */
function save_attachment_fields( $post, $given ) {
	if ( isset( $given['qc_gate_credit'] ) ) {
		update_post_meta( $post['ID'], CREDIT, wp_slash( sanitize_text_field( wp_unslash( $given['qc_gate_credit'] ) ) ) );
	}
	return $post;
}
