<?php
/**
 * Gate 1: the REST interface (block editor, apps). A refused request changes nothing
 * and gets the reason.
 *
 * @package QcGate
 */

namespace QcGate;

defined( 'ABSPATH' ) || exit;

add_action(
	'rest_api_init',
	static function () {
		foreach ( gated_types() as $type ) {
			add_filter( 'rest_pre_insert_' . $type, __NAMESPACE__ . '\guard_rest', 99, 2 );
		}
	}
);

/** Refuse a REST request that would bring a refused text before readers. */
function guard_rest( $prepared, $request ) {
	if ( is_wp_error( $prepared ) ) {
		return $prepared;
	}
	$post   = empty( $prepared->ID ) ? null : get_post( $prepared->ID );
	$draft  = draft_of_request( $prepared, $request, $post );
	$status = gated_status( $prepared->post_status ?? ( $post ? $post->post_status : 'draft' ) );
	if ( '' === $status || ( $post && is_unchanged( $post, $draft ) ) ) {
		return $prepared;
	}
	$decision = decide( $draft, $status );
	if ( ! $decision->allowed ) {
		record_refusal( $post, $decision, $draft );
		return new \WP_Error(
			'qc_gate_refused',
			'QC: ' . $decision->message,
			array(
				'status'   => 400,
				'verdict'  => $decision->verdict,
				'findings' => $decision->findings,
			)
		);
	}
	Passed::remember( $draft, $decision, $status );
	return $prepared;
}

/** The draft that a REST request would make of a post. */
function draft_of_request( $prepared, $request, $post ) {
	$draft = $post ? draft_of( $post ) : new_draft( $prepared->post_type ?? 'post' );
	foreach ( array( 'title', 'content', 'excerpt', 'author' ) as $name ) {
		$draft[ $name ] = $prepared->{"post_$name"} ?? $draft[ $name ];
	}
	$draft['date'] = $prepared->post_date ?? $draft['date'];
	if ( isset( $request['categories'] ) ) {
		$draft['categories'] = (array) $request['categories'];
	}
	if ( isset( $request['tags'] ) ) {
		$terms         = array_map( static fn( $id ) => get_term( (int) $id, 'post_tag' ), (array) $request['tags'] );
		$draft['tags'] = wp_list_pluck( array_filter( $terms, static fn( $term ) => $term instanceof \WP_Term ), 'name' );
	}
	if ( isset( $request['featured_media'] ) ) {
		$draft['thumbnail'] = (int) $request['featured_media'];
	}
	$meta = (array) $request['meta'];
	if ( isset( $meta[ FIELDS ] ) ) {
		$draft['fields'] = (array) $meta[ FIELDS ];
	}
	if ( isset( $meta[ APPROVER ] ) && may_publish_post( $draft['type'] ) ) {
		$draft['approver'] = sanitize_text_field( $meta[ APPROVER ] );
	}
	return $draft;
}

/** The status of the checklist that a post status falls under; '' where readers see nothing. */
function gated_status( $status ) {
	if ( 'publish' === $status || 'future' === $status ) {
		return 'publish';
	}
	$object = get_post_status_object( $status );
	if ( $object && $object->public ) {
		return 'publish'; // A status of another plug-in.
	}
	return 'pending' === $status ? 'pending' : '';
}

/** Whether a post that is out already would stay as readers know it. */
function is_unchanged( \WP_Post $post, array $draft ) {
	$old = draft_of( $post );
	return 'publish' === $post->post_status
		&& $old['title'] === $draft['title']
		&& $old['content'] === $draft['content']
		&& $old['excerpt'] === $draft['excerpt']
		&& $old['thumbnail'] === $draft['thumbnail'];
}
