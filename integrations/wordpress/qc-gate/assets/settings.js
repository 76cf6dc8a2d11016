/**
 * The settings page: try the connection, and offer the policies that the service knows.
 */
( function ( wp ) {
	'use strict';

	var __ = wp.i18n.__;
	var said = document.getElementById( 'qc-gate-tried' );

	document.getElementById( 'qc-gate-try' ).addEventListener( 'click', function () {
		said.textContent = __( 'Trying …', 'qc-gate' );
		said.className = '';
		wp.apiFetch( { path: '/qc-gate/v1/service' } ).then( function ( answer ) {
			said.className = answer.ok ? 'qc-gate-yes' : 'qc-gate-no';
			said.textContent = answer.ok ? __( 'The service answers.', 'qc-gate' ) : answer.why;
			if ( answer.policies.length ) {
				document.getElementById( 'qc-gate-policies' ).replaceChildren.apply( document.getElementById( 'qc-gate-policies' ), answer.policies.map( function ( name ) {
					var option = document.createElement( 'option' );
					option.value = name;
					return option;
				} ) );
			}
		}, function ( error ) {
			said.className = 'qc-gate-no';
			said.textContent = error.message;
		} );
	} );
} )( window.wp );
