<?php
/**
 * The qc service over HTTP. Whatever goes wrong, the answer says so; nothing is guessed.
 *
 * @package QcGate
 */

namespace QcGate;

defined( 'ABSPATH' ) || exit;

/**
 * Check one article: {ok: true, report: …} or {ok: false, why: sentence for the editor}.
 *
 * $article is the article JSON, $media maps its paths to their bytes.
 */
function ask_service( array $article, array $media, $source ) {
	$sent = array();
	foreach ( $media as $path => $bytes ) {
		$sent[ $path ] = array( 'data' => base64_encode( $bytes ) );
	}
	$body = wp_json_encode(
		array(
			'article' => $article,
			'policy'  => setting( 'policy' ),
			'lang'    => language(),
			'source'  => $source,
			'media'   => (object) $sent,
		),
		JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES
	);
	if ( false === $body ) {
		return not_checked( __( 'the article cannot be written as JSON', 'qc-gate' ) );
	}
	$answer = request( 'POST', '/v1/check', $body );
	if ( ! $answer['ok'] ) {
		return $answer;
	}
	$report = $answer['data']['reports'][0] ?? null;
	if ( ! is_array( $report ) || ! in_array( $report['verdict'] ?? '', array( 'pass', 'review', 'block', 'incomplete' ), true ) || ! is_array( $report['findings'] ?? null ) ) {
		return not_checked( __( 'the service gave an answer that is not a report', 'qc-gate' ) );
	}
	return array(
		'ok'     => true,
		'report' => $report,
	);
}

/** One request: {ok: true, data: …} or {ok: false, why: …}. */
function request( $method, $path, $body = null ) {
	$headers = array( 'Accept' => 'application/json' );
	if ( null !== $body ) {
		$headers['Content-Type'] = 'application/json; charset=utf-8';
	}
	if ( '' !== (string) setting( 'token' ) ) {
		$headers['Authorization'] = 'Bearer ' . setting( 'token' );
	}
	$response = wp_remote_request(
		untrailingslashit( setting( 'url' ) ) . $path,
		array(
			'method'      => $method,
			'headers'     => $headers,
			'body'        => $body,
			'timeout'     => (int) setting( 'timeout_s' ),
			'redirection' => 0,
		)
	);
	if ( is_wp_error( $response ) ) {
		/* translators: %s: what the network said */
		return not_checked( sprintf( __( 'no connection to the checking service (%s)', 'qc-gate' ), $response->get_error_message() ) );
	}
	$code = (int) wp_remote_retrieve_response_code( $response );
	$data = json_decode( wp_remote_retrieve_body( $response ), true );
	if ( 200 === $code && is_array( $data ) ) {
		return array(
			'ok'   => true,
			'data' => $data,
		);
	}
	$said = 'vi' === language() ? ( $data['error']['message'] ?? '' ) : ( $data['error']['what'] ?? '' );
	if ( 401 === $code || 403 === $code ) {
		return not_checked( __( 'the checking service refuses the token', 'qc-gate' ) );
	}
	/* translators: 1: HTTP status, 2: what the service said */
	return not_checked( trim( sprintf( __( 'the checking service answered %1$d %2$s', 'qc-gate' ), $code, is_string( $said ) ? $said : '' ) ) );
}

/** An answer that is none. */
function not_checked( $why ) {
	return array(
		'ok'  => false,
		'why' => $why,
	);
}
