<?php
/**
 * The settings page, for administrators.
 *
 * @package QcGate
 */

namespace QcGate;

defined( 'ABSPATH' ) || exit;

add_action( 'admin_menu', __NAMESPACE__ . '\add_pages' );
add_action( 'admin_init', __NAMESPACE__ . '\register_option' );
add_action( 'admin_enqueue_scripts', __NAMESPACE__ . '\settings_scripts' );
add_filter( 'plugin_action_links_' . plugin_basename( FILE ), __NAMESPACE__ . '\settings_link' );

/** The settings page and the page for many posts. */
function add_pages() {
	add_options_page( __( 'QC Gate', 'qc-gate' ), __( 'QC Gate', 'qc-gate' ), 'manage_options', 'qc-gate', __NAMESPACE__ . '\settings_page' );
	add_management_page( __( 'Check posts again', 'qc-gate' ), __( 'Check posts again', 'qc-gate' ), 'edit_others_posts', 'qc-gate-recheck', __NAMESPACE__ . '\recheck_page' );
}

/** The option goes through options.php, with its nonce and capability. */
function register_option() {
	register_setting(
		'qc_gate',
		OPTION,
		array(
			'type'              => 'array',
			'sanitize_callback' => __NAMESPACE__ . '\sanitize_settings',
			'show_in_rest'      => false,
		)
	);
}

/** A link to the settings in the list of plug-ins. */
function settings_link( $links ) {
	array_unshift( $links, '<a href="' . esc_url( admin_url( 'options-general.php?page=qc-gate' ) ) . '">' . esc_html__( 'Settings', 'qc-gate' ) . '</a>' );
	return $links;
}

/** The scripts of the two pages. */
function settings_scripts( $hook ) {
	if ( 'settings_page_qc-gate' === $hook || 'tools_page_qc-gate-recheck' === $hook ) {
		$name = 'settings_page_qc-gate' === $hook ? 'settings' : 'recheck';
		wp_enqueue_style( 'qc-gate', plugins_url( 'assets/panel.css', FILE ), array(), VERSION );
		wp_enqueue_script( "qc-gate-$name", plugins_url( "assets/$name.js", FILE ), array( 'wp-api-fetch', 'wp-i18n' ), VERSION, true );
		wp_set_script_translations( "qc-gate-$name", 'qc-gate', FOLDER . '/languages' );
	}
}

/** The page itself. */
function settings_page() {
	if ( ! current_user_can( 'manage_options' ) ) {
		return;
	}
	echo '<div class="wrap qc-gate-settings"><h1>' . esc_html__( 'QC Gate', 'qc-gate' ) . '</h1>';
	echo '<p>' . esc_html__( 'Every article is checked by the qc service before it goes live. The gate stands on the server: block editor, classic editor, quick edit, apps, code and the scheduler all pass it.', 'qc-gate' ) . '</p>';
	echo '<form method="post" action="options.php">';
	settings_fields( 'qc_gate' );
	echo '<h2>' . esc_html__( 'Service', 'qc-gate' ) . '</h2><table class="form-table" role="presentation">';
	service_rows();
	echo '</table><h2>' . esc_html__( 'What follows from a check', 'qc-gate' ) . '</h2><table class="form-table" role="presentation">';
	rule_rows();
	echo '</table><h2>' . esc_html__( 'Checklist', 'qc-gate' ) . '</h2>';
	checklist_table();
	submit_button();
	echo '</form></div>';
}

/** Address, token, policy, limits. */
function service_rows() {
	$fixed = defined( 'QC_GATE_URL' );
	row( 'url', __( 'Address of the service', 'qc-gate' ), '<input type="url" class="regular-text code" id="qc-gate-url" name="qc_gate[url]" value="' . esc_attr( setting( 'url' ) ) . '"' . disabled( $fixed, true, false ) . '> <button type="button" class="button" id="qc-gate-try">' . esc_html__( 'Try the connection', 'qc-gate' ) . '</button> <span id="qc-gate-tried" role="status"></span>', $fixed ? __( 'Set in wp-config.php (QC_GATE_URL).', 'qc-gate' ) : __( 'Where `qc serve` runs, for example http://127.0.0.1:8765. Save before you try it.', 'qc-gate' ) );
	$has    = '' !== (string) setting( 'token' );
	$remove = $has && ! defined( 'QC_GATE_TOKEN' ) ? ' <label><input type="checkbox" name="qc_gate[token_remove]" value="1"> ' . esc_html__( 'remove', 'qc-gate' ) . '</label>' : '';
	row( 'token', __( 'Token', 'qc-gate' ), '<input type="password" class="regular-text" id="qc-gate-token" name="qc_gate[token]" value="" autocomplete="new-password" placeholder="' . esc_attr( $has ? __( 'kept; type to replace it', 'qc-gate' ) : '' ) . '"' . disabled( defined( 'QC_GATE_TOKEN' ), true, false ) . '>' . $remove, __( 'Only where the service asks for one. It may stand in wp-config.php instead: QC_GATE_TOKEN.', 'qc-gate' ) );
	row( 'policy', __( 'Policy', 'qc-gate' ), '<input type="text" class="regular-text" id="qc-gate-policy" name="qc_gate[policy]" list="qc-gate-policies" value="' . esc_attr( setting( 'policy' ) ) . '"><datalist id="qc-gate-policies"><option value="co-so"><option value="mam-non"><option value="tieu-hoc"><option value="thcs"><option value="so-gddt"></datalist>', __( 'co-so for every school; mam-non, tieu-hoc, thcs, so-gddt for kindergartens, primary schools, lower secondary schools and offices.', 'qc-gate' ) );
	row( 'timeout_s', __( 'Longest wait', 'qc-gate' ), number_field( 'timeout_s' ) . ' ' . esc_html__( 'seconds', 'qc-gate' ), '' );
	row( 'media_mb', __( 'Files sent with an article', 'qc-gate' ), number_field( 'media_mb' ) . ' ' . esc_html__( 'MB at most', 'qc-gate' ), __( 'What is larger is not checked, and the article says so.', 'qc-gate' ) );
}

/** Fail mode, review, incomplete, uploads, types, roles. */
function rule_rows() {
	row( 'fail', __( 'When the service does not answer', 'qc-gate' ), choice_field( 'fail', array(
		'closed' => __( 'nothing is published (safe)', 'qc-gate' ),
		'open'   => __( 'publish, mark as NOT checked, check again later', 'qc-gate' ),
	) ), '' );
	row( 'on_review', __( 'When there are only warnings', 'qc-gate' ), choice_field( 'on_review', array(
		'allow'   => __( 'may be published', 'qc-gate' ),
		'editors' => __( 'only editors may publish', 'qc-gate' ),
		'block'   => __( 'must be corrected or waived first', 'qc-gate' ),
	) ), '' );
	row( 'on_incomplete', __( 'When a check could not be finished', 'qc-gate' ), choice_field( 'on_incomplete', array(
		'block' => __( 'nothing is published (safe)', 'qc-gate' ),
		'allow' => __( 'may be published', 'qc-gate' ),
	) ), '' );
	row( 'upload', __( 'Files that are uploaded', 'qc-gate' ), choice_field( 'upload', array(
		'refuse' => __( 'refuse files with mistakes', 'qc-gate' ),
		'warn'   => __( 'store them, show what was found', 'qc-gate' ),
		'off'    => __( 'do not check', 'qc-gate' ),
	) ), '' );
	$types = array();
	foreach ( possible_types() as $name => $type ) {
		$types[ $name ] = $type->labels->name;
	}
	row( 'types', __( 'Behind the gate', 'qc-gate' ), tick_fields( 'types', $types ), '' );
	row( 'roles', __( 'Who may waive a finding', 'qc-gate' ), tick_fields( 'roles', array_map( 'translate_user_role', wp_list_pluck( wp_roles()->roles, 'name' ) ) ), __( 'A waiver needs a reason and is kept with the post. What the policy forbids to waive, nobody can.', 'qc-gate' ) );
	row( 'waiver_days', __( 'A waiver holds for', 'qc-gate' ), number_field( 'waiver_days' ) . ' ' . esc_html__( 'days', 'qc-gate' ), '' );
}

/** One row of a form table. $field is HTML that is escaped already. */
function row( $name, $label, $field, $hint ) {
	echo '<tr><th scope="row"><label for="qc-gate-' . esc_attr( $name ) . '">' . esc_html( $label ) . '</label></th><td>';
	echo $field; // phpcs:ignore WordPress.Security.EscapeOutput -- made of escaped parts by the callers above.
	echo '' === $hint ? '' : '<p class="description">' . esc_html( $hint ) . '</p>';
	echo '</td></tr>';
}

/** A number. */
function number_field( $name ) {
	$limit = limits()[ $name ];
	return '<input type="number" class="small-text" id="qc-gate-' . esc_attr( $name ) . '" name="qc_gate[' . esc_attr( $name ) . ']" min="' . (int) $limit[0] . '" max="' . (int) $limit[1] . '" value="' . (int) setting( $name ) . '">';
}

/** One of several. */
function choice_field( $name, array $labels ) {
	$html = '<select id="qc-gate-' . esc_attr( $name ) . '" name="qc_gate[' . esc_attr( $name ) . ']">';
	foreach ( $labels as $value => $label ) {
		$html .= '<option value="' . esc_attr( $value ) . '"' . selected( setting( $name ), $value, false ) . '>' . esc_html( $label ) . '</option>';
	}
	return $html . '</select>';
}

/** Any number of several. The empty value says that all ticks were taken away. */
function tick_fields( $name, array $labels ) {
	$html = '<fieldset id="qc-gate-' . esc_attr( $name ) . '"><input type="hidden" name="qc_gate[' . esc_attr( $name ) . '][]" value="">';
	foreach ( $labels as $value => $label ) {
		$html .= '<label><input type="checkbox" name="qc_gate[' . esc_attr( $name ) . '][]" value="' . esc_attr( $value ) . '"' . checked( in_array( $value, (array) setting( $name ), true ), true, false ) . '> ' . esc_html( $label ) . '</label><br>';
	}
	return $html . '</fieldset>';
}

/** The checklist: a level for every item and status. */
function checklist_table() {
	$labels   = array(
		'off'      => __( 'off', 'qc-gate' ),
		'advice'   => __( 'advice', 'qc-gate' ),
		'required' => __( 'required', 'qc-gate' ),
	);
	$statuses = array(
		'draft'   => __( 'Draft', 'qc-gate' ),
		'pending' => __( 'Submitted for review', 'qc-gate' ),
		'publish' => __( 'Published', 'qc-gate' ),
	);
	$stored   = (array) setting( 'checklist' );
	echo '<p class="description">' . esc_html__( '“Required” also asks for what the policy only warns about. What the policy calls a mistake always stops publication.', 'qc-gate' ) . '</p>';
	echo '<table class="widefat striped qc-gate-checklist-table"><thead><tr><th scope="col">' . esc_html__( 'Item', 'qc-gate' ) . '</th>';
	foreach ( $statuses as $label ) {
		echo '<th scope="col">' . esc_html( $label ) . '</th>';
	}
	echo '</tr></thead><tbody>';
	foreach ( checklist_items() as $id => $item ) {
		echo '<tr><th scope="row">' . esc_html( $item[0] ) . '</th>';
		foreach ( $statuses as $status => $status_label ) {
			echo '<td><select name="qc_gate[checklist][' . esc_attr( $status ) . '][' . esc_attr( $id ) . ']" aria-label="' . esc_attr( $item[0] . ': ' . $status_label ) . '">';
			foreach ( $labels as $level => $label ) {
				if ( 'draft' !== $status || 'required' !== $level ) {
					echo '<option value="' . esc_attr( $level ) . '"' . selected( $stored[ $status ][ $id ] ?? 'advice', $level, false ) . '>' . esc_html( $label ) . '</option>';
				}
			}
			echo '</select></td>';
		}
		echo '</tr>';
	}
	echo '</tbody></table>';
}
