<?php
/**
 * Plugin Name:       QC Gate
 * Description:       Checks every article with the qc service before it goes live: text, pictures, links, personal data. The gate stands on the server, so no editor, app or scheduler gets around it.
 * Version:           0.1.0
 * Requires at least: 6.0
 * Requires PHP:      7.4
 * Author:            The qc authors
 * License:           GPL-2.0-or-later
 * License URI:       https://www.gnu.org/licenses/gpl-2.0.html
 * Text Domain:       qc-gate
 * Domain Path:       /languages
 *
 * @package QcGate
 */

namespace QcGate;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

const VERSION = '0.1.0';
const FILE    = __FILE__;
const FOLDER  = __DIR__;

foreach ( array( 'settings', 'checklist', 'service', 'content', 'files', 'article', 'waivers', 'decision', 'record', 'gate-rest', 'gate-insert', 'gate-publish', 'rest', 'upload', 'recheck' ) as $qc_gate_part ) {
	require_once FOLDER . '/includes/' . $qc_gate_part . '.php';
}
if ( is_admin() ) {
	foreach ( array( 'settings-page', 'editor', 'classic', 'notices', 'columns' ) as $qc_gate_part ) {
		require_once FOLDER . '/includes/' . $qc_gate_part . '.php';
	}
}
unset( $qc_gate_part );

add_action(
	'init',
	static function () {
		load_plugin_textdomain( 'qc-gate', false, basename( FOLDER ) . '/languages' );
	},
	1
);

/** The language of the findings: that of the person who reads them. */
function language() {
	return 0 === strpos( determine_locale(), 'vi' ) ? 'vi' : 'en';
}
