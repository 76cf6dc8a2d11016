<?php
/**
 * Checking again what is stored: many posts from the tools page, one post when the service is back.
 *
 * A re-check changes no status: it shows what an editor must look at.
 *
 * @package QcGate
 */

namespace QcGate;

defined( 'ABSPATH' ) || exit;

const RECHECK_EVENT = 'qc_gate_recheck';
const RETRY_S       = 15 * MINUTE_IN_SECONDS;

add_action( RECHECK_EVENT, __NAMESPACE__ . '\recheck_later' );

/** Check a stored post and remember the result. */
function recheck( \WP_Post $post ) {
	$draft    = draft_of( $post );
	$decision = judge( check_draft( $draft ), 'publish', editor_answers( $draft ) );
	record( $post->ID, $decision, $draft, 'checked' );
	return $decision;
}

/** A post that went out unchecked is checked as soon as the service answers. */
function schedule_recheck( $post_id ) {
	if ( ! wp_next_scheduled( RECHECK_EVENT, array( (int) $post_id ) ) ) {
		wp_schedule_single_event( time() + RETRY_S, RECHECK_EVENT, array( (int) $post_id ) );
	}
}

/** Check one post; while there is no answer, try again later. */
function recheck_later( $post_id ) {
	$post = get_post( $post_id );
	if ( ! $post || 'publish' !== $post->post_status || ! is_gated_type( $post->post_type ) ) {
		return;
	}
	$decision = recheck( $post );
	if ( 'unchecked' === $decision->verdict ) {
		schedule_recheck( $post_id );
	} else {
		log_event( $post_id, 'checked', verdict_label( $decision->verdict ) );
	}
}

/** How a verdict is called. */
function verdict_label( $verdict ) {
	$labels = array(
		'pass'       => __( 'Passed', 'qc-gate' ),
		'review'     => __( 'To be looked at', 'qc-gate' ),
		'block'      => __( 'Must be corrected', 'qc-gate' ),
		'incomplete' => __( 'Check not finished', 'qc-gate' ),
		'unchecked'  => __( 'NOT checked', 'qc-gate' ),
	);
	return $labels[ $verdict ] ?? $verdict;
}
