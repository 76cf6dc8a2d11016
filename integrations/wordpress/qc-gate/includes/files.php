<?php
/**
 * The files of an article: which of the site's uploads it shows, and their bytes.
 *
 * @package QcGate
 */

namespace QcGate;

defined( 'ABSPATH' ) || exit;

/**
 * The addresses of the site's own uploads in some HTML, turned into paths (uploads/2026/11/a.jpg).
 *
 * A picture in a smaller size is checked as the file that was uploaded: that one holds the
 * rights and the full sharpness. Returns {html, paths}.
 */
function localize_uploads( $html ) {
	$base  = preg_replace( '#^https?:#i', '', wp_get_upload_dir()['baseurl'] );
	$local = wp_parse_url( 'http:' . $base, PHP_URL_PATH );
	$paths = array();
	$html  = preg_replace( '/\s(?:srcset|sizes)=("[^"]*"|\'[^\']*\')/iu', '', $html ) ?? $html;
	$html  = preg_replace_callback(
		'#(\s(?:src|href|poster|data)\s*=\s*)(["\'])(?:(?:https?:)?' . preg_quote( $base, '#' ) . '|' . preg_quote( (string) $local, '#' ) . ')/([^"\'?\#]+)[^"\']*\2#iu',
		static function ( $found ) use ( &$paths ) {
			$path    = 'uploads/' . uploaded_file( rawurldecode( html_entity_decode( $found[3], ENT_QUOTES, 'UTF-8' ) ) );
			$paths[] = $path;
			return $found[1] . $found[2] . esc_attr( $path ) . $found[2];
		},
		$html
	) ?? $html;
	return array( $html, array_values( array_unique( $paths ) ) );
}

/** The file that was uploaded, for the name of it or of a size made from it. */
function uploaded_file( $relative ) {
	$folder = wp_get_upload_dir()['basedir'] . '/';
	foreach ( array( '/-\d+x\d+(?=\.\w+$)/', '/-scaled(?=\.\w+$)/' ) as $suffix ) {
		$whole = preg_replace( $suffix, '', $relative );
		if ( $whole !== $relative && is_file( $folder . $whole ) ) {
			$relative = $whole;
		}
	}
	return $relative;
}

/** The path of an attachment's uploaded file, as articles name it; '' where there is none. */
function attachment_path( $id ) {
	$file = (string) get_post_meta( $id, '_wp_attached_file', true );
	return '' === $file ? '' : 'uploads/' . uploaded_file( $file );
}

/**
 * The bytes of files, by path, up to a total. Returns {bytes by path, paths left out as too large}.
 *
 * Nothing outside the uploads folder is read. A path without a file is in neither list:
 * the service then reports it as missing.
 */
function read_files( array $paths, $limit_bytes ) {
	$folder = realpath( wp_get_upload_dir()['basedir'] );
	$read   = array();
	$left   = array();
	$total  = 0;
	foreach ( $paths as $path ) {
		$file = realpath( $folder . '/' . substr( $path, strlen( 'uploads/' ) ) );
		if ( false === $file || 0 !== strpos( $file, $folder . DIRECTORY_SEPARATOR ) || ! is_file( $file ) ) {
			continue;
		}
		$size = filesize( $file );
		if ( $total + $size > $limit_bytes ) {
			$left[] = $path;
			continue;
		}
		$bytes = file_get_contents( $file );
		if ( false !== $bytes ) {
			$read[ $path ] = $bytes;
			$total        += $size;
		}
	}
	return array( $read, $left );
}

/** What the media library knows about pictures: caption and credit, as article JSON has it. */
function picture_facts( array $paths, $featured_id ) {
	$pictures = array();
	$featured = $featured_id ? attachment_path( $featured_id ) : '';
	foreach ( $paths as $path ) {
		$id = $path === $featured ? $featured_id : attachment_of_path( $path );
		if ( ! $id || ! wp_attachment_is_image( $id ) ) {
			continue;
		}
		$facts = array(
			'path'    => $path,
			'caption' => plain( wp_get_attachment_caption( $id ) ),
			'credit'  => plain( get_post_meta( $id, CREDIT, true ) ),
		);
		if ( $path === $featured ) {
			$facts['role'] = 'featured';
			$facts['alt']  = plain( get_post_meta( $id, '_wp_attachment_image_alt', true ) );
		}
		$pictures[] = array_filter( $facts, 'strlen' );
	}
	return $pictures;
}

/** The attachment that a path belongs to, 0 where none does. */
function attachment_of_path( $path ) {
	$relative = substr( $path, strlen( 'uploads/' ) );
	$base     = wp_get_upload_dir()['baseurl'] . '/';
	$id       = attachment_url_to_postid( $base . $relative );
	return $id ? $id : attachment_url_to_postid( $base . preg_replace( '/(?=\.\w+$)/', '-scaled', $relative, 1 ) );
}
