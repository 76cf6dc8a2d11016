<?php
/**
 * Gate 2: wp_insert_post(): the classic editor, quick and bulk edit, XML-RPC, imports, PHP code.
 *
 * A new text that is refused is kept as a draft. A text that is out already stays as it is;
 * the refused version becomes an autosave, so nobody loses work.
 *
 * @package QcGate
 */

namespace QcGate;

defined( 'ABSPATH' ) || exit;

/** What was allowed or refused during this request, so that nothing is asked twice. */
final class Passed {
	/** @var array decisions by fingerprint of the draft: {decision, draft, event} */
	public static $decisions = array();
	/** @var array ids of live posts whose refused version must not change meta either */
	public static $frozen = array();

	/** Keep a decision for the gates behind this one and for the record after saving. */
	public static function remember( array $draft, Decision $decision, $status ) {
		$event = $decision->allowed ? ( 'unchecked' === $decision->verdict ? 'unchecked' : 'published' ) : 'refused';
		$event = $decision->allowed && 'pending' === $status ? 'submitted' : $event;

		self::$decisions[ fingerprint( $draft['title'], $draft['content'], $draft['excerpt'] ) ] = array(
			'decision' => $decision,
			'draft'    => $draft,
			'status'   => $status,
			'event'    => $event,
		);
	}

	/** Store the result with the post, once per decision. Says whether it was now. */
	public static function record_once( $post_id, $title, $content, $excerpt ) {
		$key = fingerprint( $title, $content, $excerpt );
		if ( ! isset( self::$decisions[ $key ] ) || ! empty( self::$decisions[ $key ]['recorded'] ) ) {
			return false;
		}
		$passed = self::$decisions[ $key ];
		record( $post_id, $passed['decision'], $passed['draft'], $passed['event'] );
		self::$decisions[ $key ]['recorded'] = true;
		return true;
	}

	/** The decision on these words in this request, or null. */
	public static function on( $title, $content, $excerpt ) {
		return self::$decisions[ fingerprint( $title, $content, $excerpt ) ] ?? null;
	}
}

add_filter( 'wp_insert_post_data', __NAMESPACE__ . '\guard_insert', 999, 2 );
add_action( 'wp_insert_post', __NAMESPACE__ . '\record_insert', 1, 2 );
foreach ( array( 'update', 'add', 'delete' ) as $qc_gate_act ) {
	add_filter( $qc_gate_act . '_post_metadata', __NAMESPACE__ . '\keep_thumbnail', 1, 3 );
}
unset( $qc_gate_act );

/** Decide about a post that is about to be written; $data is slashed, as WordPress has it here. */
function guard_insert( $data, $given ) {
	$status = gated_status( $data['post_status'] );
	if ( '' === $status || ! is_gated_type( $data['post_type'] ) ) {
		return $data;
	}
	$post   = empty( $given['ID'] ) ? null : get_post( (int) $given['ID'] );
	$draft  = draft_of_insert( $data, (array) $given, $post );
	$passed = Passed::on( $draft['title'], $draft['content'], $draft['excerpt'] );
	if ( $passed && $passed['decision']->allowed && ( $passed['status'] === $status || 'publish' === $passed['status'] ) ) {
		return $data;
	}
	if ( $post && is_unchanged( $post, $draft ) && 'publish' === $data['post_status'] ) {
		return $data;
	}
	$decision = decide( $draft, $status );
	Passed::remember( $draft, $decision, $status );
	return $decision->allowed ? $data : refuse_insert( $data, $post, $draft, $decision );
}

/** The draft that wp_insert_post() would make. */
function draft_of_insert( array $data, array $given, $post ) {
	$draft = $post ? draft_of( $post ) : new_draft( $data['post_type'] );
	foreach ( array( 'title', 'content', 'excerpt' ) as $name ) {
		$draft[ $name ] = wp_unslash( $data[ "post_$name" ] );
	}
	$draft['author'] = (int) $data['post_author'];
	$draft['date']   = $data['post_date'];
	$categories      = $given['post_category'] ?? ( $given['tax_input']['category'] ?? null );
	if ( null !== $categories ) {
		$draft['categories'] = array_map( 'intval', (array) $categories );
	}
	$tags = $given['tags_input'] ?? ( $given['tax_input']['post_tag'] ?? null );
	if ( null !== $tags ) {
		$draft['tags'] = is_array( $tags ) ? array_filter( $tags, 'is_string' ) : array_map( 'trim', explode( ',', (string) $tags ) );
	}
	$thumbnail = $given['_thumbnail_id'] ?? ( $given['meta_input']['_thumbnail_id'] ?? null );
	if ( null !== $thumbnail ) {
		$draft['thumbnail'] = max( 0, (int) $thumbnail );
	}
	$fields = $given['qc_gate_fields'] ?? ( $given['meta_input'][ FIELDS ] ?? null );
	if ( null !== $fields ) {
		$draft['fields'] = wp_unslash( (array) $fields );
	}
	if ( isset( $given['qc_gate_approver'] ) && may_publish_post( $draft['type'] ) ) {
		$draft['approver'] = sanitize_text_field( wp_unslash( $given['qc_gate_approver'] ) );
	}
	return $draft;
}

/** What is written instead of a refused version. */
function refuse_insert( array $data, $post, array $draft, Decision $decision ) {
	record_refusal( $post, $decision, $draft );
	say_no( $post, $decision );
	$is_out = $post && in_array( $post->post_status, array( 'publish', 'future' ), true );
	if ( ! $is_out ) {
		$stays               = $post && in_array( $post->post_status, array( 'pending', 'private' ), true ) && 'publish' === gated_status( $data['post_status'] );
		$data['post_status'] = $stays ? $post->post_status : 'draft';
		if ( 'draft' === $data['post_status'] || 'pending' === $data['post_status'] ) {
			$data['post_date_gmt'] = '0000-00-00 00:00:00';
		}
		return $data;
	}
	keep_refused_version( $post, $draft );
	Passed::$frozen[ $post->ID ] = true;

	$kept = get_post( $post->ID, ARRAY_A );
	foreach ( array_keys( $data ) as $column ) {
		$data[ $column ] = wp_slash( $kept[ $column ] ?? wp_unslash( $data[ $column ] ) );
	}
	return $data;
}

/** The refused version of a live post, as the autosave that the editor offers to restore. */
function keep_refused_version( \WP_Post $post, array $draft ) {
	if ( ! post_type_supports( $post->post_type, 'revisions' ) || ! function_exists( '_wp_put_post_revision' ) ) {
		return;
	}
	$version = array(
		'ID'           => $post->ID,
		'post_title'   => $draft['title'],
		'post_content' => $draft['content'],
		'post_excerpt' => $draft['excerpt'],
		'post_author'  => get_current_user_id(),
	);
	$old     = wp_get_post_autosave( $post->ID, get_current_user_id() );
	if ( $old ) {
		wp_delete_post_revision( $old->ID );
	}
	_wp_put_post_revision( wp_slash( $version ), true );
}

/** Tell whoever asked: a fault, an error line, or a notice on the next page. */
function say_no( $post, Decision $decision ) {
	$message = 'QC: ' . $decision->message;
	// Where the asker can be answered at once, nothing is written and the answer is the reason.
	$quick_edit = wp_doing_ajax() && isset( $_POST['action'] ) && 'inline-save' === $_POST['action']; // phpcs:ignore WordPress.Security.NonceVerification.Missing -- core has verified it.
	if ( $quick_edit || ( defined( 'XMLRPC_REQUEST' ) && XMLRPC_REQUEST ) ) {
		wp_die( esc_html( $message ), '', array( 'response' => $quick_edit ? 200 : 403 ) ); // The list shows the text of a 200 only.
	}
	if ( defined( 'WP_CLI' ) && WP_CLI ) {
		\WP_CLI::warning( $message );
	}
	/** For code that publishes: wp_insert_post() itself cannot give the reason. */
	do_action( 'qc_gate_refused', $post ? $post->ID : 0, $decision->message, $decision->findings );
	if ( get_current_user_id() && ! defined( 'REST_REQUEST' ) ) {
		tell_user( $post ? $post->ID : 0, 'error', $message );
	}
}

/** Remember the result once the post has a number. */
function record_insert( $post_id, $post ) {
	$passed = is_gated_type( $post->post_type ) ? Passed::on( $post->post_title, $post->post_content, $post->post_excerpt ) : null;
	$told   = $passed && 'refused' === $passed['event'] && $passed['draft']['id'];
	if ( $passed && ! $told ) {
		Passed::record_once( $post_id, $post->post_title, $post->post_content, $post->post_excerpt );
		if ( 'unchecked' === $passed['event'] && get_current_user_id() && ! defined( 'REST_REQUEST' ) ) {
			tell_user( $post_id, 'warning', 'QC: ' . $passed['decision']->message );
		}
	}
}

/** The picture of a live post stays, too, where its new version was refused. */
function keep_thumbnail( $answer, $post_id, $key ) {
	return '_thumbnail_id' === $key && isset( Passed::$frozen[ $post_id ] ) ? false : $answer;
}
