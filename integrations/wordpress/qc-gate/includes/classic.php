<?php
/**
 * The classic editor: the panel as a box, and the extra fields of an article as a form.
 *
 * @package QcGate
 */

namespace QcGate;

defined( 'ABSPATH' ) || exit;

add_action( 'add_meta_boxes', __NAMESPACE__ . '\classic_boxes', 10, 2 );
add_action( 'save_post', __NAMESPACE__ . '\save_classic_fields', 5 );

/** The boxes; the block editor has its own panel instead. */
function classic_boxes( $type, $post ) {
	if ( ! $post instanceof \WP_Post || ! is_gated_type( $type ) || use_block_editor_for_post( $post ) ) {
		return;
	}
	add_meta_box( 'qc-gate-panel', __( 'Check before publication', 'qc-gate' ), __NAMESPACE__ . '\classic_panel', $type, 'side', 'high' );
	add_meta_box( 'qc-gate-fields', __( 'About this article', 'qc-gate' ), __NAMESPACE__ . '\classic_fields', $type, 'side' );
	panel_scripts( 'classic', array() );
}

/** The box that the script fills; without the script, the last result. */
function classic_panel( $post ) {
	$result = result_of( $post->ID );
	echo '<div id="qc-gate-root"><p>' . esc_html( $result ? verdict_label( $result['verdict'] ) . '. ' . $result['message'] : __( 'Not checked yet.', 'qc-gate' ) ) . '</p></div>';
}

/** The extra fields. */
function classic_fields( $post ) {
	wp_nonce_field( 'qc_gate_fields', 'qc_gate_nonce' );
	$fields = sanitize_fields( (array) get_post_meta( $post->ID, FIELDS, true ) );
	$labels = array(
		'source'      => __( 'Source', 'qc-gate' ),
		'source_url'  => __( 'Address of the source', 'qc-gate' ),
		'expires_at'  => __( 'Expires on (YYYY-MM-DD)', 'qc-gate' ),
		'consent_ids' => __( 'Consent forms', 'qc-gate' ),
	);
	echo '<p><label for="qc-gate-kind">' . esc_html__( 'Kind of article', 'qc-gate' ) . '</label><br><select id="qc-gate-kind" name="qc_gate_fields[kind]">';
	foreach ( kind_labels() as $value => $label ) {
		echo '<option value="' . esc_attr( $value ) . '"' . selected( $fields['kind'], $value, false ) . '>' . esc_html( $label ) . '</option>';
	}
	echo '</select></p>';
	foreach ( $labels as $name => $label ) {
		echo '<p><label for="qc-gate-' . esc_attr( $name ) . '">' . esc_html( $label ) . '</label><br><input class="widefat" type="text" id="qc-gate-' . esc_attr( $name ) . '" name="qc_gate_fields[' . esc_attr( $name ) . ']" value="' . esc_attr( $fields[ $name ] ) . '"></p>';
	}
	if ( may_publish_post( $post->post_type ) ) {
		echo '<p><label for="qc-gate-approver">' . esc_html__( 'Approved by (empty: whoever publishes)', 'qc-gate' ) . '</label><br><input class="widefat" type="text" id="qc-gate-approver" name="qc_gate_approver" value="' . esc_attr( get_post_meta( $post->ID, APPROVER, true ) ) . '"></p>';
	}
	echo '<p><label><input type="checkbox" name="qc_gate_fields[ai_generated]" value="1"' . checked( $fields['ai_generated'], true, false ) . '> ' . esc_html__( 'Has AI-made content', 'qc-gate' ) . '</label></p>';
}

/** Keep the extra fields. */
function save_classic_fields( $post_id ) {
	if ( ! isset( $_POST['qc_gate_nonce'] ) || ! wp_verify_nonce( sanitize_key( $_POST['qc_gate_nonce'] ), 'qc_gate_fields' ) || wp_is_post_autosave( $post_id ) || wp_is_post_revision( $post_id ) || ! current_user_can( 'edit_post', $post_id ) ) {
		return;
	}
	if ( isset( Passed::$frozen[ $post_id ] ) ) {
		return; // The new version was refused: its fields are, too.
	}
	$given = isset( $_POST['qc_gate_fields'] ) ? wp_unslash( (array) $_POST['qc_gate_fields'] ) : array(); // phpcs:ignore WordPress.Security.ValidatedSanitizedInput -- sanitize_fields() below.
	update_post_meta( $post_id, FIELDS, wp_slash( sanitize_fields( $given ) ) );
	if ( isset( $_POST['qc_gate_approver'] ) && may_publish_post( get_post_type( $post_id ) ) ) {
		update_post_meta( $post_id, APPROVER, wp_slash( sanitize_text_field( wp_unslash( $_POST['qc_gate_approver'] ) ) ) );
	}
}
