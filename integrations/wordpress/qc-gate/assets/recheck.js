/**
 * Many posts, one after the other; it can be stopped, and what was not checked is not called checked.
 */
( function ( wp ) {
	'use strict';

	var __ = wp.i18n.__;
	var sprintf = wp.i18n.sprintf;
	var root = document.getElementById( 'qc-gate-recheck' );
	var chosen = JSON.parse( root.dataset.chosen );
	var all = JSON.parse( root.dataset.all );
	var running = false;
	var labels = {
		pass: __( 'Passed', 'qc-gate' ), review: __( 'To be looked at', 'qc-gate' ), block: __( 'Must be corrected', 'qc-gate' ),
		incomplete: __( 'Check not finished', 'qc-gate' ), unchecked: __( 'NOT checked', 'qc-gate' ),
	};

	function make( name, text, parent, kind ) {
		var node = document.createElement( name );
		node.textContent = text;
		node.className = kind || '';
		parent.appendChild( node );
		return node;
	}

	var line = make( 'p', '', root );
	var bar = make( 'progress', '', root, 'qc-gate-progress' );
	var status = make( 'p', '', root );
	status.setAttribute( 'role', 'status' );
	var table = make( 'table', '', root, 'widefat striped' );
	var head = make( 'tr', '', make( 'thead', '', table ) );
	[ __( 'Post', 'qc-gate' ), __( 'Status', 'qc-gate' ), __( 'Result of the check', 'qc-gate' ), __( 'Mistakes', 'qc-gate' ), __( 'Warnings', 'qc-gate' ) ].forEach( function ( text ) {
		make( 'th', text, head ).scope = 'col';
	} );
	var body = make( 'tbody', '', table );

	function show( post ) {
		var row = make( 'tr', '', body );
		var link = make( 'a', post.title || '#' + post.id, make( 'td', '', row ) );
		link.href = post.edit || '#';
		make( 'td', post.status, row );
		make( 'span', labels[ post.verdict ] || post.verdict, make( 'td', '', row ), 'qc-gate-badge qc-gate-' + post.verdict ).title = post.message;
		make( 'td', String( post.errors ), row );
		make( 'td', String( post.warnings ), row );
	}

	function run( ids ) {
		var count = { done: 0, block: 0, unchecked: 0 };
		running = true;
		bar.max = ids.length || 1;
		bar.value = 0;
		body.replaceChildren();
		function finish() {
			running = false;
			stop.disabled = true;
			status.textContent = sprintf( __( '%1$d of %2$d posts gone through: %3$d must be corrected, %4$d could not be checked.', 'qc-gate' ), count.done, ids.length, count.block, count.unchecked );
		}
		function next() {
			if ( ! running || count.done >= ids.length ) {
				finish();
				return;
			}
			var id = ids[ count.done ];
			wp.apiFetch( { path: '/qc-gate/v1/recheck', method: 'POST', data: { id: id } } ).catch( function ( error ) {
				return { id: id, title: '#' + id, status: '', verdict: 'unchecked', message: error.message, errors: 0, warnings: 0 };
			} ).then( function ( post ) {
				count.done++;
				count[ post.verdict ] = ( count[ post.verdict ] || 0 ) + 1;
				bar.value = count.done;
				status.textContent = sprintf( __( '%1$d of %2$d …', 'qc-gate' ), count.done, ids.length );
				show( post );
				next();
			} );
		}
		stop.disabled = false;
		next();
	}

	function button( text, action ) {
		var node = make( 'button', text, line, 'button' );
		node.type = 'button';
		node.addEventListener( 'click', action );
		line.appendChild( document.createTextNode( ' ' ) );
		return node;
	}

	button( sprintf( __( 'Check all %d posts', 'qc-gate' ), all.length ), function () {
		run( all );
	} );
	var stop = button( __( 'Stop', 'qc-gate' ), function () {
		running = false;
	} );
	stop.disabled = true;
	if ( chosen.length ) {
		run( chosen );
	}
} )( window.wp );
