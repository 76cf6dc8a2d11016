<?php
/**
 * The plug-in's own REST interface: check what stands in the editor, waive, re-check, try the service.
 *
 * @package QcGate
 */

namespace QcGate;

defined( 'ABSPATH' ) || exit;

add_action( 'rest_api_init', __NAMESPACE__ . '\register_routes' );

/** Every route names who may call it. */
function register_routes() {
	$edits = static function ( $request ) {
		return $request['id'] ? current_user_can( 'edit_post', (int) $request['id'] ) : current_user_can( 'edit_posts' );
	};
	$id    = array(
		'id' => array(
			'type'     => 'integer',
			'required' => true,
			'minimum'  => 0,
		),
	);
	route( '/check', 'POST', 'rest_check', $edits, $id );
	route( '/recheck', 'POST', 'rest_recheck', $edits, $id );
	$waives = static function ( $request ) {
		return may_waive( (int) $request['id'] );
	};
	$rule   = array(
		'rule' => array(
			'type'     => 'string',
			'required' => true,
		),
	);
	$reason = array(
		'reason' => array(
			'type'     => 'string',
			'required' => true,
		),
	);
	route( '/waiver', 'POST', 'rest_waive', $waives, $id + $rule + $reason );
	route( '/waiver', 'DELETE', 'rest_unwaive', $waives, $id + $rule );
	$manages = static function () {
		return current_user_can( 'manage_options' );
	};
	route( '/service', 'GET', 'rest_service', $manages, array() );
	register_rest_field(
		(array) setting( 'types' ),
		'qc_gate',
		array(
			'get_callback' => static function ( $post ) {
				$result = current_user_can( 'edit_post', $post['id'] ) ? result_of( $post['id'] ) : null;
				return $result ? array_intersect_key( $result, array_flip( array( 'verdict', 'message', 'event', 'at', 'current' ) ) ) : null;
			},
			'schema'       => array(
				'description' => 'Result of the last check',
				'type'        => array( 'object', 'null' ),
				'context'     => array( 'edit' ),
			),
		)
	);
}

/** Register one route. */
function route( $path, $method, $callback, $permission, array $arguments ) {
	register_rest_route(
		'qc-gate/v1',
		$path,
		array(
			'methods'             => $method,
			'callback'            => __NAMESPACE__ . '\\' . $callback,
			'permission_callback' => $permission,
			'args'                => $arguments,
		)
	);
}

/** Check what stands in an editor now; nothing is saved. */
function rest_check( $request ) {
	$post = get_post( (int) $request['id'] );
	if ( ! $post || ! is_gated_type( $post->post_type ) ) {
		return new \WP_Error( 'qc_gate_post', __( 'This post is not behind the gate.', 'qc-gate' ), array( 'status' => 404 ) );
	}
	$given = (object) array( 'ID' => $post->ID );
	foreach ( array( 'title', 'content', 'excerpt' ) as $name ) {
		if ( is_string( $request[ $name ] ) ) {
			$given->{"post_$name"} = $request[ $name ];
		}
	}
	$draft   = draft_of_request( $given, $request, $post );
	$checked = check_draft( $draft );
	$result  = result_of( $post->ID );
	$is_kept = 'auto-draft' !== $post->post_status && fingerprint( $draft['title'], $draft['content'], $draft['excerpt'] ) === fingerprint( $post->post_title, $post->post_content, $post->post_excerpt );
	if ( $is_kept && 'unchecked' !== $checked->verdict && ! ( $result && $result['current'] && $result['verdict'] === $checked->verdict ) ) {
		record( $post->ID, judge( $checked, 'publish', current_user_can( 'edit_others_posts' ) ), $draft, 'checked' );
	}
	return rest_ensure_response( shown( $checked, $post ) );
}

/** Check a stored post again and remember the result. */
function rest_recheck( $request ) {
	$post = get_post( (int) $request['id'] );
	if ( ! $post || ! is_gated_type( $post->post_type ) ) {
		return new \WP_Error( 'qc_gate_post', __( 'This post is not behind the gate.', 'qc-gate' ), array( 'status' => 404 ) );
	}
	$decision = recheck( $post );
	return rest_ensure_response(
		array(
			'id'       => $post->ID,
			'title'    => plain( $post->post_title ),
			'status'   => $post->post_status,
			'verdict'  => $decision->verdict,
			'message'  => $decision->message,
			'errors'   => $decision->count( 'error' ),
			'warnings' => $decision->count( 'warning' ),
			'edit'     => get_edit_post_link( $post->ID, 'raw' ),
		)
	);
}

/** Waive a rule for a post. */
function rest_waive( $request ) {
	$waiver = add_waiver( (int) $request['id'], (string) $request['rule'], (string) $request['reason'] );
	return is_wp_error( $waiver ) ? $waiver : rest_ensure_response( $waiver );
}

/** Take a waiver back. */
function rest_unwaive( $request ) {
	remove_waiver( (int) $request['id'], (string) $request['rule'] );
	return rest_ensure_response( array( 'removed' => true ) );
}

/** Try the service: which version answers, which policies it knows. */
function rest_service() {
	$health   = request( 'GET', '/health' );
	$policies = $health['ok'] ? request( 'GET', '/v1/policies' ) : $health;
	return rest_ensure_response(
		array(
			'ok'       => $policies['ok'],
			'why'      => $policies['why'] ?? '',
			'policies' => policy_names( $policies['data'] ?? array() ),
		)
	);
}

/** The ids of the policies in an answer of the service. */
function policy_names( $data ) {
	$list = $data['policies'] ?? $data;
	return array_values( array_filter( array_map( static fn( $each ) => is_array( $each ) ? ( $each['id'] ?? '' ) : $each, is_array( $list ) ? $list : array() ), 'is_string' ) );
}

/** What an editor's panel shows of a decision. */
function shown( Decision $checked, \WP_Post $post ) {
	$may   = array();
	$lists = array();
	foreach ( STATUSES as $status ) {
		$lists[ $status ] = checklist_for( $status, $checked->findings );
	}
	foreach ( array( 'pending', 'publish' ) as $status ) {
		$decision       = judge( $checked, $status, current_user_can( 'edit_others_posts' ) );
		$may[ $status ] = array(
			'allowed' => $decision->allowed,
			'message' => $decision->message,
		);
	}
	$events = get_post_meta( $post->ID, EVENTS, true );
	return array(
		'verdict'    => $checked->verdict,
		'may'        => $may,
		'checklists' => $lists,
		'findings'   => array_map( __NAMESPACE__ . '\shown_finding', $checked->findings ),
		'waivers'    => waivers_of( $post->ID ),
		'may_waive'  => may_waive( $post->ID ),
		'log'        => array_reverse( array_slice( is_array( $events ) ? $events : array(), -8 ) ),
	);
}

/** A finding for the panel: only what it shows, in the types it expects. */
function shown_finding( array $finding ) {
	return array(
		'rule'        => (string) $finding['rule'],
		'item'        => item_of_rule( $finding['rule'] ),
		'severity'    => (string) $finding['severity'],
		'message'     => (string) $finding['message'],
		'fix'         => (string) ( $finding['fix'] ?? '' ),
		'basis'       => array_values( array_map( 'strval', array_column( (array) ( $finding['basis'] ?? array() ), 'title' ) ) ),
		'location'    => (array) $finding['location'],
		'suggestions' => array_values( array_map( 'strval', array_column( (array) ( $finding['suggestions'] ?? array() ), 'text' ) ) ),
		'waived'      => $finding['waived'] ?? null,
	);
}
