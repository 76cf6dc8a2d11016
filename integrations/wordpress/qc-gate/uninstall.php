<?php
/**
 * Removal: the settings go; results, waivers and logs of posts stay, because they are evidence.
 *
 * @package QcGate
 */

if ( ! defined( 'WP_UNINSTALL_PLUGIN' ) ) {
	exit;
}
delete_option( 'qc_gate' );
wp_unschedule_hook( 'qc_gate_recheck' );
