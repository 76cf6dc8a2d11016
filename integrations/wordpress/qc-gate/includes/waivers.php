<?php
/**
 * Waivers: who lets a finding pass, why, and until when. Kept with the post, by role.
 *
 * The service judges: a waiver goes with the article as the signed comment that qc knows, so the
 * policy may still forbid it. Comments of that kind in the text itself are taken out (content.php).
 *
 * @package QcGate
 */

namespace QcGate;

defined( 'ABSPATH' ) || exit;

const WAIVERS = '_qc_gate_waivers';

/** Whether the current user may waive: one of the chosen roles, and the right to edit this post. */
function may_waive( $post_id ) {
	$roles = array_intersect( wp_get_current_user()->roles, (array) setting( 'roles' ) );
	return ( $roles || ( is_multisite() && is_super_admin() ) ) && current_user_can( 'edit_post', $post_id );
}

/** The waivers of a post: a list of {rule, reason, author, role, user, at, expires}. */
function waivers_of( $post_id ) {
	$waivers = $post_id ? get_post_meta( $post_id, WAIVERS, true ) : array();
	return is_array( $waivers ) ? array_values( $waivers ) : array();
}

/** Keep a waiver. The caller has asked may_waive(). Returns an error where the words do not do. */
function add_waiver( $post_id, $rule, $reason ) {
	$reason = trim( preg_replace( '/\s+/u', ' ', str_replace( array( '<', '>', '--' ), array( '', '', '–' ), sanitize_text_field( $reason ) ) ) );
	if ( ! preg_match( '/^[a-z][a-z0-9-]{2,79}$/', $rule ) ) {
		return new \WP_Error( 'qc_gate_rule', __( 'There is no such rule.', 'qc-gate' ), array( 'status' => 400 ) );
	}
	if ( mb_strlen( $reason ) < 10 ) {
		return new \WP_Error( 'qc_gate_reason', __( 'Write the reason in at least 10 characters; inspectors will read it.', 'qc-gate' ), array( 'status' => 400 ) );
	}
	$user    = wp_get_current_user();
	$waivers = array_filter( waivers_of( $post_id ), static fn( $each ) => $each['rule'] !== $rule );
	$waiver  = array(
		'rule'    => $rule,
		'reason'  => mb_substr( $reason, 0, 400 ),
		'author'  => plain( $user->display_name ),
		'role'    => (string) reset( $user->roles ),
		'user'    => $user->ID,
		'at'      => current_time( 'mysql' ),
		'expires' => gmdate( 'Y-m-d', strtotime( current_time( 'Y-m-d' ) ) + DAY_IN_SECONDS * (int) setting( 'waiver_days' ) ),
	);
	$waivers[] = $waiver;
	update_post_meta( $post_id, WAIVERS, wp_slash( array_values( $waivers ) ) );
	log_event( $post_id, 'waived', $rule . ': ' . $waiver['reason'] );
	return $waiver;
}

/** Take a waiver back. */
function remove_waiver( $post_id, $rule ) {
	$left = array_filter( waivers_of( $post_id ), static fn( $each ) => $each['rule'] !== $rule );
	update_post_meta( $post_id, WAIVERS, wp_slash( array_values( $left ) ) );
	log_event( $post_id, 'waiver-removed', $rule );
}

/** The waivers of a post as qc reads them at the end of a body. */
function waiver_comments( $post_id ) {
	$html = '';
	foreach ( waivers_of( $post_id ) as $waiver ) {
		$author = str_replace( array( '(', ')', '<', '>', '--', ',' ), ' ', $waiver['author'] );
		$html  .= sprintf( "\n<!-- qc-allow %s: %s (%s, %s) -->", $waiver['rule'], $waiver['reason'], $author, $waiver['expires'] );
	}
	return $html;
}
