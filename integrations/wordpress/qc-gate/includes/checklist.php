<?php
/**
 * The checklist: groups of rules that an editor ticks off, with a level for each status.
 *
 * A checklist can ask for more than the policy does, never for less: what the policy
 * calls an error stops publication whatever stands here.
 *
 * @package QcGate
 */

namespace QcGate;

defined( 'ABSPATH' ) || exit;

const STATUSES = array( 'draft', 'pending', 'publish' );
const LEVELS   = array( 'off', 'advice', 'required' );

/** Every item: its label and the beginnings of the rules that belong to it. */
function checklist_items() {
	return array(
		'fields'     => array( __( 'Title, summary, author, category, approver', 'qc-gate' ), array( 'field-', 'hygiene-title', 'hygiene-sapo' ) ),
		'spelling'   => array( __( 'Spelling', 'qc-gate' ), array( 'spelling-', 'orthography-' ) ),
		'form'       => array( __( 'Layout and form of the text', 'qc-gate' ), array( 'hygiene-', 'form-', 'encoding-' ) ),
		'words'      => array( __( 'Forbidden words, injected content', 'qc-gate' ), array( 'term-', 'injected-' ) ),
		'privacy'    => array( __( 'Personal data, passwords', 'qc-gate' ), array( 'privacy-', 'secret-' ) ),
		'law'        => array( __( 'Acts that the text cites', 'qc-gate' ), array( 'citation-', 'law-' ) ),
		'disclosure' => array( __( 'Contents of public disclosures', 'qc-gate' ), array( 'disclosure-' ) ),
		'media'      => array( __( 'Quality of pictures and clips', 'qc-gate' ), array( 'image-', 'video-' ) ),
		'access'     => array( __( 'Picture descriptions, readable for everyone', 'qc-gate' ), array( 'access-' ) ),
		'rights'     => array( __( 'Sources and rights', 'qc-gate' ), array( 'rights-' ) ),
		'safety'     => array( __( 'Links, files and code', 'qc-gate' ), array( 'link-', 'file-', 'markup-', 'hidden-', 'site-' ) ),
	);
}

/** The level of every item for every status on a new site. */
function default_checklist() {
	$ids = array( 'fields', 'spelling', 'form', 'words', 'privacy', 'law', 'disclosure', 'media', 'access', 'rights', 'safety' );
	return array(
		'draft'   => array_fill_keys( $ids, 'advice' ),
		'pending' => array_fill_keys( $ids, 'advice' ),
		'publish' => array_fill_keys( $ids, 'advice' ),
	);
}

/** A checklist from the settings form; saving a draft is never refused, so its levels stop at advice. */
function sanitize_checklist( $input, array $old ) {
	$clean = default_checklist();
	foreach ( $clean as $status => $levels ) {
		foreach ( $levels as $id => $level ) {
			$wanted = $input[ $status ][ $id ] ?? ( $old[ $status ][ $id ] ?? $level );
			if ( in_array( $wanted, LEVELS, true ) && ! ( 'draft' === $status && 'required' === $wanted ) ) {
				$clean[ $status ][ $id ] = $wanted;
			}
		}
	}
	return $clean;
}

/** The item that a rule belongs to. */
function item_of_rule( $rule ) {
	foreach ( checklist_items() as $id => $item ) {
		foreach ( $item[1] as $start ) {
			if ( 0 === strpos( $rule, $start ) ) {
				return $id;
			}
		}
	}
	return 'form';
}

/**
 * The checklist of one status for some findings: a list of
 * {id, label, level, open, met}; items that are off are left out.
 */
function checklist_for( $status, array $findings ) {
	$open = array();
	foreach ( $findings as $finding ) {
		if ( 'info' !== $finding['severity'] && empty( $finding['waived'] ) ) {
			$id          = item_of_rule( $finding['rule'] );
			$open[ $id ] = ( $open[ $id ] ?? 0 ) + 1;
		}
	}
	$levels = (array) setting( 'checklist' );
	$list   = array();
	foreach ( checklist_items() as $id => $item ) {
		$level = $levels[ $status ][ $id ] ?? 'advice';
		if ( 'off' !== $level ) {
			$list[] = array(
				'id'    => $id,
				'label' => $item[0],
				'level' => $level,
				'open'  => $open[ $id ] ?? 0,
				'met'   => ! isset( $open[ $id ] ),
			);
		}
	}
	return $list;
}
