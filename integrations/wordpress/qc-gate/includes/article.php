<?php
/**
 * A post as an article: what the service gets, from the stored post and what is about to be saved.
 *
 * A "draft" here is a plain array: id, type, status, author, date, title, content, excerpt,
 * categories (ids), tags (names), thumbnail (id), fields, approver.
 *
 * @package QcGate
 */

namespace QcGate;

defined( 'ABSPATH' ) || exit;

const FIELDS   = '_qc_gate_fields';
const APPROVER = '_qc_gate_approver';
const APPROVED = '_qc_gate_approved';
const CREDIT   = '_qc_gate_credit';
const KINDS    = array( 'tin-bai', 'thong-bao', 'van-ban', 'cong-khai', 'tuyen-sinh' );

add_action( 'init', __NAMESPACE__ . '\register_fields', 20 );

/** The extra fields of an article, stored as post meta and open to the block editor. */
function register_fields() {
	$text = array( 'type' => 'string' );
	foreach ( (array) setting( 'types' ) as $type ) {
		$may_edit = static function ( $allowed, $key, $id ) {
			return current_user_can( 'edit_post', $id );
		};
		$schema   = array(
			'type'                 => 'object',
			'additionalProperties' => false,
			'properties'           => array(
				'source'       => $text,
				'source_url'   => $text,
				'kind'         => $text,
				'expires_at'   => $text,
				'consent_ids'  => $text,
				'ai_generated' => array( 'type' => 'boolean' ),
			),
		);
		register_post_meta(
			$type,
			FIELDS,
			array(
				'type'              => 'object',
				'single'            => true,
				'default'           => array(),
				'show_in_rest'      => array( 'schema' => $schema ),
				'sanitize_callback' => __NAMESPACE__ . '\sanitize_fields',
				'auth_callback'     => $may_edit,
			)
		);
		register_post_meta(
			$type,
			APPROVER,
			array(
				'type'              => 'string',
				'single'            => true,
				'default'           => '',
				'show_in_rest'      => true,
				'sanitize_callback' => 'sanitize_text_field',
				'auth_callback'     => static function ( $allowed, $key, $id ) {
					return may_publish_post( get_post_type( $id ) );
				},
			)
		);
	}
}

/** Whether the current user may publish posts of a type. */
function may_publish_post( $type ) {
	$object = get_post_type_object( $type );
	return $object && current_user_can( $object->cap->publish_posts );
}

/** The extra fields, made valid. */
function sanitize_fields( $input ) {
	$clean = array();
	foreach ( array( 'source', 'expires_at', 'consent_ids' ) as $name ) {
		$clean[ $name ] = sanitize_text_field( $input[ $name ] ?? '' );
	}
	$clean['source_url']   = esc_url_raw( $input['source_url'] ?? '', array( 'http', 'https' ) );
	$clean['kind']         = in_array( $input['kind'] ?? '', KINDS, true ) ? $input['kind'] : '';
	$clean['ai_generated'] = ! empty( $input['ai_generated'] );
	return $clean;
}

/** The draft of a stored post. */
function draft_of( \WP_Post $post ) {
	$categories = is_object_in_taxonomy( $post->post_type, 'category' ) ? wp_get_post_categories( $post->ID ) : array();
	$tags       = is_object_in_taxonomy( $post->post_type, 'post_tag' ) ? wp_get_post_tags( $post->ID, array( 'fields' => 'names' ) ) : array();
	return array(
		'id'         => (int) $post->ID,
		'type'       => $post->post_type,
		'status'     => $post->post_status,
		'author'     => (int) $post->post_author,
		'date'       => '0000-00-00 00:00:00' === $post->post_date_gmt && ! in_array( $post->post_status, array( 'publish', 'future' ), true ) ? '' : $post->post_date,
		'title'      => $post->post_title,
		'content'    => $post->post_content,
		'excerpt'    => $post->post_excerpt,
		'categories' => is_wp_error( $categories ) ? array() : $categories,
		'tags'       => is_wp_error( $tags ) ? array() : $tags,
		'thumbnail'  => (int) get_post_thumbnail_id( $post ),
		'fields'     => (array) get_post_meta( $post->ID, FIELDS, true ),
		'approver'   => (string) get_post_meta( $post->ID, APPROVER, true ),
	);
}

/** The draft of a post that does not exist yet. */
function new_draft( $type ) {
	return array(
		'id'         => 0,
		'type'       => $type,
		'status'     => 'draft',
		'author'     => get_current_user_id(),
		'date'       => '',
		'title'      => '',
		'content'    => '',
		'excerpt'    => '',
		'categories' => array(),
		'tags'       => array(),
		'thumbnail'  => 0,
		'fields'     => array(),
		'approver'   => '',
	);
}

/** Article JSON, the bytes of its files, and the files left out: {article, media, left_out}. */
function article_of( array $draft ) {
	list( $body, $paths ) = localize_uploads( readable_body( $draft['content'] ) );
	$featured             = $draft['thumbnail'] ? attachment_path( $draft['thumbnail'] ) : '';
	$all                  = array_values( array_unique( array_merge( $paths, array_filter( array( $featured ) ) ) ) );
	list( $media, $left ) = read_files( $all, (int) setting( 'media_mb' ) * MB_IN_BYTES );
	$fields               = sanitize_fields( $draft['fields'] );
	$article              = array(
		'title'          => plain( $draft['title'] ),
		'sapo'           => plain( $draft['excerpt'] ),
		'author'         => plain( get_the_author_meta( 'display_name', $draft['author'] ) ),
		'category'       => first_category( $draft['categories'] ),
		'tags'           => array_map( __NAMESPACE__ . '\plain', array_values( $draft['tags'] ) ),
		'source'         => $fields['source'],
		'source_url'     => $fields['source_url'],
		'kind'           => $fields['kind'],
		'expires_at'     => $fields['expires_at'],
		'consent_ids'    => $fields['consent_ids'],
		'approved_by'    => approver_of( $draft ),
		'published_at'   => $draft['date'] ? substr( str_replace( ' ', 'T', $draft['date'] ), 0, 16 ) : current_time( 'Y-m-d' ),
		'featured_image' => $featured,
	);
	$article              = array_filter(
		$article,
		static function ( $value ) {
			return '' !== $value && array() !== $value;
		}
	);
	if ( $fields['ai_generated'] ) {
		$article['ai_generated'] = true;
	}
	$article['body_format'] = 'html';
	$article['body']        = $body . waiver_comments( $draft['id'] );
	$pictures               = picture_facts( $all, $draft['thumbnail'] );
	if ( $pictures ) {
		$article['images'] = $pictures;
	}
	return array( $article, $media, $left );
}

/** Who answers for publication: the name typed, who passed the gate, or who may publish now. */
function approver_of( array $draft ) {
	if ( '' !== $draft['approver'] ) {
		return plain( $draft['approver'] );
	}
	$earlier = $draft['id'] ? (string) get_post_meta( $draft['id'], APPROVED, true ) : '';
	if ( '' !== $earlier && in_array( $draft['status'], array( 'publish', 'future' ), true ) ) {
		return plain( $earlier );
	}
	return may_publish_post( $draft['type'] ) ? plain( wp_get_current_user()->display_name ) : '';
}

/** The name of the category that counts. WordPress's catch-all category counts as none. */
function first_category( array $ids ) {
	$ids  = array_values( array_diff( array_map( 'intval', $ids ), array( 0 ) ) );
	$term = $ids ? get_term( $ids[0], 'category' ) : null;
	return $term instanceof \WP_Term && 'uncategorized' !== $term->slug ? plain( $term->name ) : '';
}

/** Text without tags and entities. */
function plain( $text ) {
	return trim( html_entity_decode( wp_strip_all_tags( (string) $text ), ENT_QUOTES | ENT_HTML5, 'UTF-8' ) );
}
