<?php
/**
 * The panel in the block editor and the box below the classic one: the same script, two adapters.
 *
 * @package QcGate
 */

namespace QcGate;

defined( 'ABSPATH' ) || exit;

add_action( 'enqueue_block_editor_assets', __NAMESPACE__ . '\block_editor_scripts' );

/** The panel of the block editor. */
function block_editor_scripts() {
	$screen = get_current_screen();
	if ( $screen && 'post' === $screen->base && is_gated_type( $screen->post_type ) ) {
		panel_scripts( 'block', array( 'wp-plugins', 'wp-edit-post', 'wp-editor', 'wp-block-editor', 'wp-blocks', 'wp-rich-text', 'wp-notices' ) );
	}
}

/** The scripts of the panel, with the adapter of one editor. */
function panel_scripts( $adapter, array $needs ) {
	wp_enqueue_style( 'qc-gate', plugins_url( 'assets/panel.css', FILE ), array( 'wp-components' ), VERSION );
	wp_enqueue_script( 'qc-gate-places', plugins_url( 'assets/places.js', FILE ), array(), VERSION, true );
	wp_enqueue_script( 'qc-gate-panel', plugins_url( 'assets/panel.js', FILE ), array( 'qc-gate-places', 'wp-element', 'wp-components', 'wp-i18n', 'wp-api-fetch', 'wp-data', 'wp-a11y' ), VERSION, true );
	wp_enqueue_script( "qc-gate-$adapter", plugins_url( "assets/$adapter.js", FILE ), array_merge( array( 'qc-gate-panel' ), $needs ), VERSION, true );
	foreach ( array( 'qc-gate-panel', "qc-gate-$adapter" ) as $handle ) {
		wp_set_script_translations( $handle, 'qc-gate', FOLDER . '/languages' );
	}
	$settings = array(
		'post'       => (int) get_the_ID(),
		'kinds'      => kind_labels(),
		'mayPublish' => may_publish_post( get_post_type() ? get_post_type() : 'post' ),
		'failOpen'   => 'open' === setting( 'fail' ),
	);
	wp_add_inline_script( 'qc-gate-panel', 'window.qcGateSettings = ' . wp_json_encode( $settings, JSON_HEX_TAG | JSON_HEX_AMP ) . ';', 'before' );
}

/** How the kinds of articles are called. */
function kind_labels() {
	return array(
		''           => __( 'not said', 'qc-gate' ),
		'tin-bai'    => __( 'News', 'qc-gate' ),
		'thong-bao'  => __( 'Notice', 'qc-gate' ),
		'van-ban'    => __( 'Official document', 'qc-gate' ),
		'cong-khai'  => __( 'Public disclosure', 'qc-gate' ),
		'tuyen-sinh' => __( 'Admissions', 'qc-gate' ),
	);
}
