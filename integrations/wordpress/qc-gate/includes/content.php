<?php
/**
 * The body of a post as qc reads it: what visitors get to see, without running other plug-ins.
 *
 * @package QcGate
 */

namespace QcGate;

defined( 'ABSPATH' ) || exit;

const MAX_DEPTH = 6;

/** The HTML of a post's content: blocks unwrapped, reusable blocks and core shortcodes expanded. */
function readable_body( $content ) {
	$html = has_blocks( $content ) ? blocks_html( parse_blocks( $content ), 0 ) : wpautop( $content );
	$html = expand_shortcodes( $html );
	// A waiver in the text would let anybody waive; here roles decide (see waivers.php).
	return preg_replace( '/<!--\s*(?:qc-allow|qc\s*:).*?-->/isu', '', $html ) ?? $html;
}

/** The HTML of parsed blocks. */
function blocks_html( array $blocks, $depth ) {
	$html = '';
	foreach ( $blocks as $block ) {
		$html .= block_html( $block, $depth ) . "\n";
	}
	return $html;
}

/** The HTML of one block, its inner blocks in their places. */
function block_html( array $block, $depth ) {
	if ( $depth > MAX_DEPTH ) {
		return $block['innerHTML'];
	}
	if ( null === $block['blockName'] ) {
		return wpautop( $block['innerHTML'] );
	}
	if ( 'core/block' === $block['blockName'] ) {
		$shared = get_post( (int) ( $block['attrs']['ref'] ?? 0 ) );
		$again  = $shared && 'wp_block' === $shared->post_type;
		return $again ? blocks_html( parse_blocks( $shared->post_content ), $depth + 1 ) : '';
	}
	$html  = '';
	$index = 0;
	foreach ( $block['innerContent'] as $piece ) {
		if ( is_string( $piece ) ) {
			$html .= $piece;
		} else {
			$html .= block_html( $block['innerBlocks'][ $index ], $depth + 1 );
			++$index;
		}
	}
	return '' === trim( $html ) ? attribute_text( $block['attrs'] ) : $html;
}

/** The words of a block that is drawn by the server: they stand in its attributes. */
function attribute_text( array $attributes ) {
	$html = '';
	array_walk_recursive(
		$attributes,
		static function ( $value, $name ) use ( &$html ) {
			$silent = array( 'className', 'align', 'id', 'slug', 'anchor', 'tagName', 'theme', 'layout' );
			if ( is_string( $value ) && preg_match( '/\p{L}/u', $value ) && ! in_array( $name, $silent, true ) ) {
				$html .= '<p>' . ( wp_http_validate_url( $value ) ? esc_html( $value ) : $value ) . '</p>';
			}
		}
	);
	return $html;
}

/** Core's shortcodes become the HTML they stand for; those of other plug-ins stay as text. */
function expand_shortcodes( $html ) {
	global $shortcode_tags;
	$all            = $shortcode_tags;
	$clip           = static function ( $attributes ) {
		$sources = array_intersect_key( (array) $attributes, array_flip( array( 'src', 'mp4', 'webm', 'ogv', 'mp3', 'm4a', 'ogg', 'wav' ) ) );
		return $sources ? '<video src="' . esc_url( reset( $sources ) ) . '" controls></video>' : '';
	};
	$shortcode_tags = array(
		'caption'    => 'img_caption_shortcode',
		'wp_caption' => 'img_caption_shortcode',
		'gallery'    => 'gallery_shortcode',
		'video'      => $clip,
		'audio'      => $clip,
	);
	add_filter( 'use_default_gallery_style', '__return_false' );
	try {
		return do_shortcode( $html );
	} finally {
		remove_filter( 'use_default_gallery_style', '__return_false' );
		$shortcode_tags = $all;
	}
}
