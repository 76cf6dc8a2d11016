<?php
/**
 * What is remembered of a check: the last result of a post, and a short log of decisions.
 *
 * @package QcGate
 */

namespace QcGate;

defined( 'ABSPATH' ) || exit;

const RESULT  = '_qc_gate_result';
const VERDICT = '_qc_gate_verdict';
const EVENTS  = '_qc_gate_log';
const HELD    = '_qc_gate_held';
const KEPT    = 40;

/** A fingerprint of what visitors read, to see whether a result is still about this text. */
function fingerprint( $title, $content, $excerpt ) {
	return sha1( $title . "\0" . $content . "\0" . $excerpt );
}

/** Remember the result of a check of a stored post. $event: refused, published, unchecked, checked … */
function record( $post_id, Decision $decision, array $draft, $event ) {
	$event  = 'published' === $event && 'future' === get_post_status( $post_id ) ? 'scheduled' : $event;
	$result = array(
		'verdict'  => $decision->verdict,
		'allowed'  => $decision->allowed,
		'message'  => $decision->message,
		'errors'   => $decision->count( 'error' ),
		'warnings' => $decision->count( 'warning' ),
		'findings' => array_map( __NAMESPACE__ . '\short_finding', array_slice( $decision->findings, 0, KEPT ) ),
		'policy'   => $decision->policy,
		'at'       => current_time( 'mysql' ),
		'event'    => $event,
		'editor'   => current_user_can( 'edit_others_posts' ),
		'print'    => fingerprint( $draft['title'], $draft['content'], $draft['excerpt'] ),
	);
	update_post_meta( $post_id, RESULT, wp_slash( $result ) );
	update_post_meta( $post_id, VERDICT, $decision->verdict );
	if ( 'checked' !== $event ) {
		log_event( $post_id, $event, $decision->message );
	}
	if ( 'unchecked' === $event ) {
		schedule_recheck( $post_id );
	}
	if ( 'published' === $event || 'scheduled' === $event ) {
		delete_post_meta( $post_id, HELD );
		if ( get_current_user_id() && '' === (string) get_post_meta( $post_id, APPROVED, true ) ) {
			update_post_meta( $post_id, APPROVED, wp_slash( approver_of( $draft ) ) );
		}
	}
}

/** Remember that a new version was refused. What is out already keeps the result of its own check. */
function record_refusal( $post, Decision $decision, array $draft ) {
	if ( ! $post ) {
		return;
	}
	if ( in_array( $post->post_status, array( 'publish', 'future' ), true ) ) {
		log_event( $post->ID, 'refused', $decision->message );
	} else {
		record( $post->ID, $decision, $draft, 'refused' );
	}
}

/** The part of a finding that is kept: personal data stands in it as masked as the service sent it. */
function short_finding( array $finding ) {
	return array(
		'rule'     => (string) $finding['rule'],
		'severity' => (string) $finding['severity'],
		'message'  => (string) $finding['message'],
		'fix'      => (string) ( $finding['fix'] ?? '' ),
		'waived'   => ! empty( $finding['waived'] ),
	);
}

/** The last result of a post, or null. 'current' says whether the text is still the same. */
function result_of( $post_id ) {
	$result = get_post_meta( $post_id, RESULT, true );
	$post   = get_post( $post_id );
	if ( ! is_array( $result ) || ! $post ) {
		return null;
	}
	$result['current'] = fingerprint( $post->post_title, $post->post_content, $post->post_excerpt ) === $result['print'];
	return $result;
}

/** Add a line to the log of a post. */
function log_event( $post_id, $event, $detail ) {
	$events   = get_post_meta( $post_id, EVENTS, true );
	$events   = is_array( $events ) ? $events : array();
	$events[] = array(
		'at'     => current_time( 'mysql' ),
		'by'     => get_current_user_id() ? plain( wp_get_current_user()->display_name ) : '',
		'event'  => $event,
		'detail' => mb_substr( (string) $detail, 0, 300 ),
	);
	update_post_meta( $post_id, EVENTS, wp_slash( array_slice( $events, -KEPT ) ) );
}

/** Tell the current user something on the next admin page. */
function tell_user( $post_id, $kind, $message ) {
	$key     = 'qc_gate_notices_' . get_current_user_id();
	$notices = get_transient( $key );
	$notices = is_array( $notices ) ? $notices : array();

	$notices[ $post_id . $kind ] = array(
		'post'    => (int) $post_id,
		'kind'    => $kind,
		'message' => $message,
	);
	set_transient( $key, $notices, HOUR_IN_SECONDS );
}
