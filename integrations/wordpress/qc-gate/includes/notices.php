<?php
/**
 * Notices on admin pages: what was refused or went out unchecked, and what waits for an editor.
 *
 * @package QcGate
 */

namespace QcGate;

defined( 'ABSPATH' ) || exit;

add_action( 'admin_notices', __NAMESPACE__ . '\show_notices' );
add_filter( 'post_updated_messages', __NAMESPACE__ . '\honest_messages', 99 );

/** Show the notices of the current user once, and the posts that are held for as long as they are. */
function show_notices() {
	$screen = get_current_screen();
	if ( $screen && $screen->is_block_editor() ) {
		return;
	}
	$key     = 'qc_gate_notices_' . get_current_user_id();
	$notices = get_transient( $key );
	foreach ( is_array( $notices ) ? $notices : array() as $notice ) {
		show_notice( $notice['kind'], $notice['message'], (int) $notice['post'] );
	}
	delete_transient( $key );
	if ( $screen && in_array( $screen->base, array( 'dashboard', 'edit' ), true ) && current_user_can( 'edit_others_posts' ) ) {
		foreach ( waiting_posts() as $post ) {
			/* translators: %s: title of a post */
			show_notice( 'warning', sprintf( __( 'QC: “%s” was to be published and was held back; it waits for you.', 'qc-gate' ), plain( $post->post_title ) ), $post->ID );
		}
	}
}

/** One notice, with what was found in the post. */
function show_notice( $kind, $message, $post_id ) {
	echo '<div class="notice notice-' . ( 'error' === $kind ? 'error' : 'warning' ) . ' is-dismissible qc-gate-notice"><p><strong>' . esc_html( $message ) . '</strong>';
	if ( $post_id && current_user_can( 'edit_post', $post_id ) ) {
		echo ' <a href="' . esc_url( get_edit_post_link( $post_id, 'raw' ) ) . '">' . esc_html( get_the_title( $post_id ) ) . '</a>';
	}
	echo '</p>';
	$result = $post_id && 'error' === $kind ? result_of( $post_id ) : null;
	$errors = $result ? wp_list_filter( $result['findings'], array( 'severity' => 'error', 'waived' => false ) ) : array(); // phpcs:ignore WordPress.Arrays.ArrayDeclarationSpacing
	if ( $errors ) {
		echo '<ul class="ul-disc">';
		foreach ( array_slice( $errors, 0, 8 ) as $finding ) {
			echo '<li>' . esc_html( $finding['message'] ) . ( '' === $finding['fix'] ? '' : ' <em>' . esc_html( $finding['fix'] ) . '</em>' ) . '</li>';
		}
		echo '</ul>';
	}
	echo '</div>';
}

/** Posts whose scheduled or direct publication was refused and that are still pending. */
function waiting_posts() {
	return get_posts(
		array(
			'post_type'   => (array) setting( 'types' ),
			'post_status' => 'pending',
			'meta_key'    => HELD, // phpcs:ignore WordPress.DB.SlowDBQuery
			'numberposts' => 5,
		)
	);
}

/** After a refused publication the classic editor must not say "Post published". */
function honest_messages( $messages ) {
	$post    = get_post();
	$notices = get_transient( 'qc_gate_notices_' . get_current_user_id() );
	if ( ! $post || empty( $notices[ $post->ID . 'error' ] ) ) {
		return $messages;
	}
	foreach ( array( 'post', 'page', $post->post_type ) as $type ) {
		foreach ( array( 1, 4, 6, 8, 9, 10 ) as $number ) {
			$messages[ $type ][ $number ] = 'publish' === $post->post_status
				? esc_html__( 'The new version was not published; readers still see the old one. Your text is kept as an autosave.', 'qc-gate' )
				: esc_html__( 'The text was saved, but it was not published.', 'qc-gate' );
		}
	}
	return $messages;
}
