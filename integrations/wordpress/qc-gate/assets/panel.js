/**
 * The panel: what the service found in the text as it stands, and what can be done about it.
 *
 * Everything that comes from the service is set as text by React, never as HTML.
 * An adapter (block.js, classic.js) connects it with an editor:
 * read(), onChange(callback), jump(finding), apply(finding, text), settle(result).
 */
( function ( wp, settings ) {
	'use strict';

	var el = wp.element.createElement;
	var useState = wp.element.useState;
	var useEffect = wp.element.useEffect;
	var Button = wp.components.Button;
	var __ = wp.i18n.__;
	var _n = wp.i18n._n;
	var sprintf = wp.i18n.sprintf;
	var WAIT_MS = 1200;

	/* stale: the text has changed since it was sent. */
	var state = { result: null, busy: false, stale: false, failure: '' };
	var listeners = [];
	var adapter = null;
	var timer = 0;
	var turn = 0;

	function set( change ) {
		state = Object.assign( {}, state, change );
		listeners.forEach( function ( listener ) {
			listener( state );
		} );
	}

	function useGate() {
		var pair = useState( state );
		useEffect( function () {
			listeners.push( pair[ 1 ] );
			pair[ 1 ]( state );
			return function () {
				listeners = listeners.filter( function ( each ) {
					return each !== pair[ 1 ];
				} );
			};
		}, [] );
		return pair[ 0 ];
	}

	/** Check what stands in the editor now. An answer that a newer question has overtaken is dropped. */
	function check() {
		clearTimeout( timer );
		var mine = ++turn;
		set( { busy: true, stale: false } );
		return wp.apiFetch( { path: '/qc-gate/v1/check', method: 'POST', data: Object.assign( { id: settings.post }, adapter.read() ) } ).then(
			function ( result ) {
				if ( mine === turn ) {
					announce( result );
					set( { result: result, busy: false, failure: '' } );
					adapter.settle( result );
				}
			},
			function ( error ) {
				if ( mine === turn ) {
					set( { busy: false, failure: error.message || __( 'The check did not work.', 'qc-gate' ) } );
					adapter.settle( null );
				}
			}
		);
	}

	function checkSoon() {
		clearTimeout( timer );
		set( { stale: true } );
		timer = setTimeout( check, WAIT_MS );
	}

	function start( editor ) {
		adapter = editor;
		adapter.onChange( checkSoon );
		check();
	}

	function announce( result ) {
		if ( ! state.result || state.result.verdict !== result.verdict ) {
			wp.a11y.speak( verdictLabel( result.verdict ) );
		}
	}

	function verdictLabel( verdict ) {
		return {
			pass: __( 'Passed', 'qc-gate' ),
			review: __( 'To be looked at', 'qc-gate' ),
			block: __( 'Must be corrected', 'qc-gate' ),
			incomplete: __( 'Check not finished', 'qc-gate' ),
			unchecked: __( 'NOT checked', 'qc-gate' ),
		}[ verdict ] || verdict;
	}

	function target() {
		return settings.mayPublish ? 'publish' : 'pending';
	}

	function open( findings, severity ) {
		return findings.filter( function ( each ) {
			return ! each.waived && each.severity === severity;
		} );
	}

	function Head( props ) {
		var result = props.gate.result;
		var verdict = result ? result.verdict : 'none';
		var label = result ? verdictLabel( verdict ) : __( 'Checking …', 'qc-gate' );
		var may = result && result.may[ target() ];
		var waits = props.gate.busy || props.gate.stale;
		return el( 'div', { className: 'qc-gate-head', 'aria-busy': waits },
			el( 'div', { className: 'qc-gate-line' },
				el( 'span', { className: 'qc-gate-badge qc-gate-' + verdict }, label ),
				el( Button, { variant: 'secondary', isSmall: true, isBusy: waits, onClick: check }, __( 'Check again', 'qc-gate' ) )
			),
			may && may.message ? el( 'p', { className: may.allowed ? 'qc-gate-hint' : 'qc-gate-no' }, may.message ) : null,
			props.gate.failure ? el( 'p', { className: 'qc-gate-no', role: 'alert' }, props.gate.failure ) : null
		);
	}

	function Checklist( props ) {
		var result = props.result;
		if ( ! result || result.verdict === 'unchecked' ) {
			return null;
		}
		var labels = { draft: __( 'Draft', 'qc-gate' ), pending: __( 'Submitted for review', 'qc-gate' ), publish: __( 'Published', 'qc-gate' ) };
		var pair = useState( target() );
		var list = result.checklists[ pair[ 0 ] ] || [];
		return el( 'details', { className: 'qc-gate-part' },
			el( 'summary', null, __( 'Checklist', 'qc-gate' ) ),
			el( 'label', null, __( 'for the status', 'qc-gate' ) + ' ',
				el( 'select', { value: pair[ 0 ], onChange: function ( event ) {
					pair[ 1 ]( event.target.value );
				} }, Object.keys( labels ).map( function ( status ) {
					return el( 'option', { key: status, value: status }, labels[ status ] );
				} ) )
			),
			el( 'ul', { className: 'qc-gate-checklist' }, list.map( function ( item ) {
				var mark = item.met ? '✓' : ( item.level === 'required' ? '✗' : '!' );
				var more = item.met ? __( 'done', 'qc-gate' ) : sprintf( _n( '%d point', '%d points', item.open, 'qc-gate' ), item.open );
				var level = item.level === 'required' ? ' · ' + __( 'required', 'qc-gate' ) : '';
				return el( 'li', { key: item.id, className: item.met ? 'is-met' : 'is-open is-' + item.level },
					el( 'span', { 'aria-hidden': true }, mark + ' ' ), item.label, el( 'span', { className: 'qc-gate-small' }, ' (' + more + level + ')' ) );
			} ) )
		);
	}

	function Excerpt( props ) {
		var place = props.place;
		if ( place.kind === 'media' ) {
			return el( 'p', { className: 'qc-gate-excerpt' }, qcGatePlaces.fileName( place.path ) );
		}
		if ( place.kind !== 'text' || ! place.excerpt ) {
			return null;
		}
		return el( 'p', { className: 'qc-gate-excerpt' },
			'… ' + ( place.before || '' ).slice( -30 ), el( 'mark', null, place.excerpt.slice( 0, 120 ) ), ( place.after || '' ).slice( 0, 30 ) + ' …' );
	}

	function WaiveForm( props ) {
		var reason = useState( '' );
		var failure = useState( '' );
		var id = 'qc-gate-reason-' + props.number;
		function send() {
			var data = { id: settings.post, rule: props.finding.rule, reason: reason[ 0 ] };
			wp.apiFetch( { path: '/qc-gate/v1/waiver', method: 'POST', data: data } ).then( check ).then( props.close, function ( error ) {
				failure[ 1 ]( error.message );
			} );
		}
		return el( 'div', { className: 'qc-gate-waive' },
			el( 'label', { htmlFor: id }, __( 'Why may this stay? The reason is kept with the article.', 'qc-gate' ) ),
			el( 'textarea', { id: id, rows: 2, value: reason[ 0 ], onChange: function ( event ) {
				reason[ 1 ]( event.target.value );
			} } ),
			failure[ 0 ] ? el( 'p', { className: 'qc-gate-no', role: 'alert' }, failure[ 0 ] ) : null,
			el( Button, { variant: 'primary', isSmall: true, onClick: send }, __( 'Waive this rule here', 'qc-gate' ) ), ' ',
			el( Button, { variant: 'tertiary', isSmall: true, onClick: props.close }, __( 'Cancel', 'qc-gate' ) )
		);
	}

	function Waived( props ) {
		var waived = props.finding.waived;
		var text = sprintf( __( 'Waived by %1$s: %2$s', 'qc-gate' ), waived.author, waived.reason );
		function undo() {
			wp.apiFetch( { path: '/qc-gate/v1/waiver', method: 'DELETE', data: { id: settings.post, rule: props.finding.rule } } ).then( check );
		}
		return el( 'p', { className: 'qc-gate-small' }, text + ( waived.expires ? ' (' + sprintf( __( 'until %s', 'qc-gate' ), waived.expires ) + ') ' : ' ' ),
			props.mayWaive ? el( Button, { variant: 'link', onClick: undo }, __( 'take back', 'qc-gate' ) ) : null );
	}

	function Finding( props ) {
		var finding = props.finding;
		var waiving = useState( false );
		var lost = useState( false );
		function act( done ) {
			lost[ 1 ]( ! done );
		}
		return el( 'li', { className: 'qc-gate-finding is-' + finding.severity + ( finding.waived ? ' is-waived' : '' ) },
			el( 'p', { className: 'qc-gate-message' }, finding.message ),
			el( Excerpt, { place: finding.location } ),
			finding.fix && ! finding.waived ? el( 'p', { className: 'qc-gate-fix' }, finding.fix ) : null,
			finding.waived ? el( Waived, { finding: finding, mayWaive: props.mayWaive } ) : null,
			el( 'div', { className: 'qc-gate-acts' },
				el( Button, { variant: 'secondary', isSmall: true, onClick: function () {
					act( adapter.jump( finding ) );
				} }, __( 'Go there', 'qc-gate' ) ),
				finding.waived ? null : finding.suggestions.slice( 0, 3 ).map( function ( text ) {
					return el( Button, { key: text, variant: 'primary', isSmall: true, onClick: function () {
						act( adapter.apply( finding, text ) );
					} }, text ? sprintf( __( 'Change to “%s”', 'qc-gate' ), text ) : __( 'Delete', 'qc-gate' ) );
				} ),
				props.mayWaive && ! finding.waived && ! waiving[ 0 ] ? el( Button, { variant: 'tertiary', isSmall: true, onClick: function () {
					waiving[ 1 ]( true );
				} }, __( 'Waive …', 'qc-gate' ) ) : null
			),
			lost[ 0 ] ? el( 'p', { className: 'qc-gate-small', role: 'status' }, __( 'This place cannot be shown here; look for the words above.', 'qc-gate' ) ) : null,
			waiving[ 0 ] ? el( WaiveForm, { finding: finding, number: props.number, close: function () {
				waiving[ 1 ]( false );
			} } ) : null,
			el( 'details', { className: 'qc-gate-why' }, el( 'summary', null, __( 'Basis', 'qc-gate' ) ),
				finding.basis.map( function ( title, index ) {
					return el( 'p', { key: index }, title );
				} ),
				el( 'code', null, finding.rule ) )
		);
	}

	function Findings( props ) {
		var result = props.result;
		var groups = [
			[ __( 'Mistakes to correct', 'qc-gate' ), open( result.findings, 'error' ), true ],
			[ __( 'Warnings to look at', 'qc-gate' ), open( result.findings, 'warning' ), true ],
			[ __( 'Hints', 'qc-gate' ), open( result.findings, 'info' ), false ],
			[ __( 'Waived', 'qc-gate' ), result.findings.filter( function ( each ) {
				return each.waived;
			} ), false ],
		];
		return groups.map( function ( group, at ) {
			return group[ 1 ].length ? el( 'details', { key: at, open: group[ 2 ] || undefined, className: 'qc-gate-part' },
				el( 'summary', null, group[ 0 ] + ' (' + group[ 1 ].length + ')' ),
				el( 'ul', { className: 'qc-gate-findings' }, group[ 1 ].map( function ( finding, index ) {
					var key = finding.rule + '|' + ( finding.location.start || '' ) + '|' + ( finding.location.path || '' ) + '|' + index;
					return el( Finding, { key: key, number: at + '-' + index, finding: finding, mayWaive: result.may_waive } );
				} ) ) ) : null;
		} );
	}

	function Log( props ) {
		var events = {
			refused: __( 'refused', 'qc-gate' ), published: __( 'published', 'qc-gate' ), scheduled: __( 'scheduled', 'qc-gate' ), submitted: __( 'submitted', 'qc-gate' ),
			unchecked: __( 'published unchecked', 'qc-gate' ), held: __( 'held back', 'qc-gate' ), checked: __( 'checked', 'qc-gate' ),
			waived: __( 'waived', 'qc-gate' ), 'waiver-removed': __( 'waiver taken back', 'qc-gate' ),
		};
		return props.log.length ? el( 'details', { className: 'qc-gate-part' }, el( 'summary', null, __( 'History', 'qc-gate' ) ),
			el( 'ul', { className: 'qc-gate-log' }, props.log.map( function ( event, index ) {
				return el( 'li', { key: index }, [ event.at, event.by, events[ event.event ] || event.event, event.detail ].filter( Boolean ).join( ' · ' ) );
			} ) ) ) : null;
	}

	/** All waivers of the article, those too that the policy does not accept. */
	function Waivers( props ) {
		function undo( rule ) {
			wp.apiFetch( { path: '/qc-gate/v1/waiver', method: 'DELETE', data: { id: settings.post, rule: rule } } ).then( check );
		}
		return props.result.waivers.length ? el( 'details', { className: 'qc-gate-part' }, el( 'summary', null, __( 'Waivers of this article', 'qc-gate' ) ),
			el( 'ul', { className: 'qc-gate-log' }, props.result.waivers.map( function ( waiver ) {
				return el( 'li', { key: waiver.rule }, [ waiver.rule, waiver.author, waiver.reason, sprintf( __( 'until %s', 'qc-gate' ), waiver.expires ) ].join( ' · ' ) + ' ',
					props.result.may_waive ? el( Button, { variant: 'link', onClick: function () {
						undo( waiver.rule );
					} }, __( 'take back', 'qc-gate' ) ) : null );
			} ) ) ) : null;
	}

	function Panel() {
		var gate = useGate();
		return el( 'div', { className: 'qc-gate-panel' },
			el( Head, { gate: gate } ),
			gate.result ? el( Checklist, { result: gate.result } ) : null,
			gate.result ? el( Findings, { result: gate.result } ) : null,
			gate.result ? el( Waivers, { result: gate.result } ) : null,
			gate.result ? el( Log, { log: gate.result.log } ) : null
		);
	}

	function Summary() {
		var gate = useGate();
		return el( 'div', { className: 'qc-gate-panel' }, el( Head, { gate: gate } ) );
	}

	window.qcGate = { start: start, isBusy: function () {
		return state.busy || state.stale;
	}, check: check, Panel: Panel, Summary: Summary, target: target, verdictLabel: verdictLabel };
} )( window.wp, window.qcGateSettings );
