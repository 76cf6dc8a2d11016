<?php
/**
 * Gate 3: publication without wp_insert_post(): the scheduler and wp_publish_post().
 * What is refused goes back to pending, and an editor is told.
 *
 * @package QcGate
 */

namespace QcGate;

defined( 'ABSPATH' ) || exit;

add_action( 'publish_future_post', __NAMESPACE__ . '\guard_schedule', 0 );
add_action( 'transition_post_status', __NAMESPACE__ . '\guard_transition', 0, 3 );

/** A scheduled post is checked before its hour strikes: it is never out, not even for a moment. */
function guard_schedule( $post_id ) {
	$post = get_post( $post_id );
	if ( ! $post || 'future' !== $post->post_status || ! is_gated_type( $post->post_type ) ) {
		return;
	}
	if ( strtotime( $post->post_date_gmt . ' GMT' ) > time() ) {
		return; // Core will set it anew; nothing is published now.
	}
	$draft    = draft_of( $post );
	$decision = decide( $draft, 'publish' );
	Passed::remember( $draft, $decision, 'publish' );
	if ( ! $decision->allowed ) {
		set_status( $post, 'pending' );
		hold( $post, $decision, $draft );
	}
}

/**
 * Whatever else makes a post public is undone first, then checked, then done.
 *
 * The post is out for the moment between the two statements; other plug-ins hear of it.
 */
function guard_transition( $new, $old, $post ) {
	if ( 'publish' !== $new || 'publish' === $old || ! is_gated_type( $post->post_type ) ) {
		return;
	}
	$passed = Passed::on( $post->post_title, $post->post_content, $post->post_excerpt );
	if ( $passed && $passed['decision']->allowed && 'publish' === $passed['status'] ) {
		Passed::record_once( $post->ID, $post->post_title, $post->post_content, $post->post_excerpt );
		return;
	}
	set_status( $post, 'pending' );
	$draft    = draft_of( $post );
	$decision = decide( $draft, 'publish' );
	Passed::remember( $draft, $decision, 'publish' );
	if ( $decision->allowed ) {
		set_status( $post, 'publish' );
		Passed::record_once( $post->ID, $post->post_title, $post->post_content, $post->post_excerpt );
	} else {
		hold( $post, $decision, $draft );
		say_no( $post, $decision );
	}
}

/** Set a status where wp_update_post() would start everything anew. */
function set_status( \WP_Post $post, $status ) {
	global $wpdb;
	$wpdb->update( $wpdb->posts, array( 'post_status' => $status ), array( 'ID' => $post->ID ) );
	$post->post_status = $status;
	clean_post_cache( $post->ID );
}

/** Remember that a post waits for an editor because its publication was refused. */
function hold( \WP_Post $post, Decision $decision, array $draft ) {
	record( $post->ID, $decision, $draft, 'held' );
	update_post_meta( $post->ID, HELD, current_time( 'mysql' ) );
}
