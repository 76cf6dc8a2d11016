<?php
/**
 * The post list: a column with the last result, a filter, a bulk action; and the page behind it.
 *
 * @package QcGate
 */

namespace QcGate;

defined( 'ABSPATH' ) || exit;

add_action( 'admin_init', __NAMESPACE__ . '\register_columns' );
add_action( 'restrict_manage_posts', __NAMESPACE__ . '\verdict_filter' );
add_action( 'pre_get_posts', __NAMESPACE__ . '\apply_verdict_filter' );

/** The column and the bulk action, for every type behind the gate. */
function register_columns() {
	foreach ( (array) setting( 'types' ) as $type ) {
		add_filter( "manage_{$type}_posts_columns", static fn( $columns ) => $columns + array( 'qc_gate' => 'QC' ) );
		add_action( "manage_{$type}_posts_custom_column", __NAMESPACE__ . '\show_column', 10, 2 );
		if ( ! current_user_can( 'edit_others_posts' ) ) {
			continue;
		}
		add_filter( "bulk_actions-edit-$type", static fn( $actions ) => $actions + array( 'qc_gate_recheck' => __( 'QC: check again', 'qc-gate' ) ) );
		add_filter( "handle_bulk_actions-edit-$type", __NAMESPACE__ . '\bulk_recheck', 10, 3 );
	}
	add_action( 'admin_enqueue_scripts', static function ( $hook ) {
		if ( 'edit.php' === $hook || 'upload.php' === $hook ) {
			wp_enqueue_style( 'qc-gate', plugins_url( 'assets/panel.css', FILE ), array(), VERSION );
		}
	} );
}

/** The cell of one post. */
function show_column( $column, $post_id ) {
	if ( 'qc_gate' !== $column ) {
		return;
	}
	$result = result_of( $post_id );
	if ( ! $result ) {
		echo '<span class="qc-gate-badge qc-gate-none">' . esc_html__( 'Not checked yet', 'qc-gate' ) . '</span>';
		return;
	}
	/* translators: 1: mistakes, 2: warnings */
	$counts = $result['errors'] + $result['warnings'] ? sprintf( __( '%1$d mistakes, %2$d warnings', 'qc-gate' ), $result['errors'], $result['warnings'] ) : '';
	echo '<span class="qc-gate-badge qc-gate-' . esc_attr( $result['verdict'] ) . '" title="' . esc_attr( $result['message'] ) . '">' . esc_html( verdict_label( $result['verdict'] ) ) . '</span>';
	echo '<br><span class="qc-gate-counts">' . esc_html( $counts ) . '</span>';
	if ( ! $result['current'] ) {
		echo '<br><span class="qc-gate-counts">' . esc_html__( 'changed since', 'qc-gate' ) . '</span>';
	}
}

/** A list of verdicts above the posts. */
function verdict_filter( $type ) {
	if ( ! is_gated_type( $type ) ) {
		return;
	}
	$wanted = isset( $_GET['qc_verdict'] ) ? sanitize_key( $_GET['qc_verdict'] ) : ''; // phpcs:ignore WordPress.Security.NonceVerification -- a filter of a list.
	echo '<label class="screen-reader-text" for="qc-verdict">' . esc_html__( 'Result of the check', 'qc-gate' ) . '</label><select name="qc_verdict" id="qc-verdict"><option value="">' . esc_html__( 'QC: all results', 'qc-gate' ) . '</option>';
	foreach ( array( 'block', 'review', 'incomplete', 'unchecked', 'pass' ) as $verdict ) {
		echo '<option value="' . esc_attr( $verdict ) . '"' . selected( $wanted, $verdict, false ) . '>' . esc_html( verdict_label( $verdict ) ) . '</option>';
	}
	echo '</select>';
}

/** Apply it. */
function apply_verdict_filter( $query ) {
	$wanted = isset( $_GET['qc_verdict'] ) ? sanitize_key( $_GET['qc_verdict'] ) : ''; // phpcs:ignore WordPress.Security.NonceVerification -- a filter of a list.
	if ( '' !== $wanted && is_admin() && $query->is_main_query() && is_gated_type( $query->get( 'post_type' ) ) ) {
		$query->set( 'meta_key', VERDICT );
		$query->set( 'meta_value', $wanted );
	}
}

/** The bulk action opens the page that checks the posts one by one. */
function bulk_recheck( $back, $action, $ids ) {
	if ( 'qc_gate_recheck' !== $action ) {
		return $back;
	}
	return add_query_arg( array( 'page' => 'qc-gate-recheck', 'ids' => implode( ',', array_map( 'intval', $ids ) ) ), admin_url( 'tools.php' ) ); // phpcs:ignore WordPress.Arrays.ArrayDeclarationSpacing
}

/** The page: the script asks for one post after the other, so no request takes long. */
function recheck_page() {
	if ( ! current_user_can( 'edit_others_posts' ) ) {
		return;
	}
	$chosen = isset( $_GET['ids'] ) ? wp_parse_id_list( sanitize_text_field( wp_unslash( $_GET['ids'] ) ) ) : array(); // phpcs:ignore WordPress.Security.NonceVerification -- only names posts; each is asked for with a nonce.
	$all    = get_posts(
		array(
			'post_type'   => (array) setting( 'types' ),
			'post_status' => array( 'publish', 'future', 'pending' ),
			'numberposts' => -1,
			'fields'      => 'ids',
		)
	);
	echo '<div class="wrap"><h1>' . esc_html__( 'Check posts again', 'qc-gate' ) . '</h1>';
	echo '<p>' . esc_html__( 'After a change of the policy or of a law, old posts may need a second look. Nothing is unpublished: the result stands in the post list.', 'qc-gate' ) . '</p>';
	echo '<div id="qc-gate-recheck" data-chosen="' . esc_attr( wp_json_encode( $chosen ) ) . '" data-all="' . esc_attr( wp_json_encode( array_map( 'intval', $all ) ) ) . '"></div></div>';
}
