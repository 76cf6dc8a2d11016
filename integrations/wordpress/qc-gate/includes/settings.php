<?php
/**
 * The settings: one option, read through setting(), which knows every default.
 *
 * @package QcGate
 */

namespace QcGate;

defined( 'ABSPATH' ) || exit;

const OPTION = 'qc_gate';

/** Every setting with its default. */
function defaults() {
	return array(
		'url'           => 'http://127.0.0.1:8765',
		'token'         => '',
		'policy'        => 'co-so',
		'fail'          => 'closed',
		'on_review'     => 'allow',
		'on_incomplete' => 'block',
		'types'         => array( 'post', 'page' ),
		'roles'         => array( 'administrator', 'editor' ),
		'waiver_days'   => 365,
		'upload'        => 'refuse',
		'timeout_s'     => 10,
		'media_mb'      => 32,
		'checklist'     => default_checklist(),
	);
}

/**
 * One setting. The address and the token may stand in wp-config.php instead
 * (QC_GATE_URL, QC_GATE_TOKEN); then they are not kept in the database.
 */
function setting( $name ) {
	$fixed = array(
		'url'   => 'QC_GATE_URL',
		'token' => 'QC_GATE_TOKEN',
	);
	if ( isset( $fixed[ $name ] ) && defined( $fixed[ $name ] ) ) {
		return constant( $fixed[ $name ] );
	}
	$stored = get_option( OPTION, array() );
	$known  = defaults();
	return is_array( $stored ) && array_key_exists( $name, $stored ) ? $stored[ $name ] : $known[ $name ];
}

/** Whether posts of this type pass the gate: those of the settings, and the parts they are made of. */
function is_gated_type( $type ) {
	return in_array( $type, gated_types(), true );
}

/** The types behind the gate. A reusable block changes every article that shows it. */
function gated_types() {
	return array_merge( (array) setting( 'types' ), array( 'wp_block' ) );
}

/** The post types that a site may put behind the gate. */
function possible_types() {
	$types = get_post_types( array( 'public' => true ), 'objects' );
	unset( $types['attachment'] );
	return $types;
}

/** What comes from the settings form, made valid; what is not valid keeps its old value. */
function sanitize_settings( $input ) {
	$input = is_array( $input ) ? $input : array();
	$clean = array();
	foreach ( array_keys( defaults() ) as $name ) {
		$clean[ $name ] = setting( $name );
	}
	if ( isset( $input['url'] ) ) {
		$url = esc_url_raw( trim( $input['url'] ), array( 'http', 'https' ) );
		if ( '' !== $url ) {
			$clean['url'] = untrailingslashit( $url );
		} else {
			add_settings_error( OPTION, 'url', __( 'The service address must begin with http:// or https://.', 'qc-gate' ) );
		}
	}
	$clean['token'] = sanitize_token( $input, (string) $clean['token'] );
	if ( isset( $input['policy'] ) && preg_match( '/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/', $input['policy'] ) ) {
		$clean['policy'] = $input['policy'];
	}
	foreach ( choices() as $name => $allowed ) {
		if ( isset( $input[ $name ] ) && in_array( $input[ $name ], $allowed, true ) ) {
			$clean[ $name ] = $input[ $name ];
		}
	}
	foreach ( limits() as $name => $limit ) {
		if ( isset( $input[ $name ] ) && is_numeric( $input[ $name ] ) ) {
			$clean[ $name ] = (int) max( $limit[0], min( $limit[1], (int) $input[ $name ] ) );
		}
	}
	if ( isset( $input['types'] ) ) {
		$clean['types'] = array_values( array_intersect( array_map( 'sanitize_key', (array) $input['types'] ), array_keys( possible_types() ) ) );
	}
	if ( isset( $input['roles'] ) ) {
		$clean['roles'] = array_values( array_intersect( array_map( 'sanitize_key', (array) $input['roles'] ), array_keys( wp_roles()->roles ) ) );
	}
	if ( isset( $input['checklist'] ) ) {
		$clean['checklist'] = sanitize_checklist( $input['checklist'], (array) $clean['checklist'] );
	}
	return $clean;
}

/** The token is never printed into the form: an empty field keeps it, a tick removes it. */
function sanitize_token( array $input, $old ) {
	if ( ! empty( $input['token_remove'] ) ) {
		return '';
	}
	$new = isset( $input['token'] ) ? trim( (string) $input['token'] ) : '';
	return preg_match( '/^[\x21-\x7E]{1,512}$/', $new ) ? $new : $old;
}

/** Settings with a fixed set of values. */
function choices() {
	return array(
		'fail'          => array( 'closed', 'open' ),
		'on_review'     => array( 'allow', 'editors', 'block' ),
		'on_incomplete' => array( 'block', 'allow' ),
		'upload'        => array( 'refuse', 'warn', 'off' ),
	);
}

/** Numeric settings, lowest and highest value. */
function limits() {
	return array(
		'waiver_days' => array( 1, 3650 ),
		'timeout_s'   => array( 1, 120 ),
		'media_mb'    => array( 1, 46 ),
	);
}
