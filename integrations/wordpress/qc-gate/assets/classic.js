/**
 * The classic editor: reads the form (or the visual editor in it), jumps to places, applies suggestions.
 */
( function ( wp, settings ) {
	'use strict';

	var places = window.qcGatePlaces;
	var FIELDS = { title: 'title', sapo: 'excerpt' };

	function field( id ) {
		return document.getElementById( id );
	}

	/** The visual editor, where it is open. */
	function visual() {
		var editor = window.tinymce && window.tinymce.get( 'content' );
		return editor && ! editor.isHidden() ? editor : null;
	}

	function value( id ) {
		return field( id ) ? field( id ).value : '';
	}

	function read() {
		var editor = visual();
		var content = editor ? editor.getContent() : value( 'content' );
		var fields = {};
		document.querySelectorAll( '[name^="qc_gate_fields["]' ).forEach( function ( input ) {
			fields[ input.name.slice( 15, -1 ) ] = input.type === 'checkbox' ? input.checked : input.value;
		} );
		var categories = Array.from( document.querySelectorAll( 'input[name="post_category[]"]:checked' ) ).map( function ( input ) {
			return Number( input.value );
		} );
		return {
			title: value( 'title' ), content: content, excerpt: value( 'excerpt' ), categories: categories,
			featured_media: Math.max( 0, Number( value( '_thumbnail_id' ) ) || 0 ),
			meta: { _qc_gate_fields: fields, _qc_gate_approver: value( 'qc-gate-approver' ) },
		};
	}

	function onChange( callback ) {
		document.getElementById( 'post' ).addEventListener( 'input', callback );
		document.getElementById( 'post' ).addEventListener( 'change', callback );
		function watch( editor ) {
			if ( editor.id === 'content' ) {
				editor.on( 'input change undo redo SetContent', callback );
			}
		}
		if ( window.tinymce ) {
			window.tinymce.editors.forEach( watch );
			window.tinymce.on( 'AddEditor', function ( event ) {
				watch( event.editor );
			} );
		}
	}

	/** The place of a finding in the visual editor, as a DOM range, or null. */
	function visualRange( editor, location ) {
		var walker = editor.getDoc().createTreeWalker( editor.getBody(), 4 );
		var nodes = [];
		var text = '';
		while ( walker.nextNode() ) {
			nodes.push( { node: walker.currentNode, start: text.length } );
			text += walker.currentNode.data;
		}
		var place = places.findPlace( text, location );
		if ( ! place ) {
			return null;
		}
		function inside( offset ) {
			return nodes.filter( function ( each ) {
				return each.start <= offset;
			} ).pop();
		}
		var first = inside( place.start );
		var last = inside( place.end - 1 );
		var range = editor.getDoc().createRange();
		range.setStart( first.node, place.start - first.start );
		range.setEnd( last.node, place.end - last.start );
		return range;
	}

	function select( location ) {
		var editor = visual();
		if ( location.kind !== 'text' ) {
			var input = field( FIELDS[ location.field ] || 'qc-gate-' + ( location.field === 'approved_by' ? 'approver' : location.field ) );
			if ( input ) {
				input.focus();
			}
			return Boolean( input );
		}
		if ( editor && ! FIELDS[ location.field ] ) {
			var range = visualRange( editor, location );
			if ( range ) {
				editor.focus();
				editor.selection.setRng( range );
				editor.selection.scrollIntoView( range.startContainer.parentNode );
			}
			return Boolean( range );
		}
		var area = field( FIELDS[ location.field ] || 'content' );
		var place = area && places.findPlace( area.value, location );
		if ( place ) {
			area.focus();
			area.setSelectionRange( place.start, place.end );
		}
		return Boolean( place );
	}

	function apply( finding, words ) {
		if ( places.isMasked( finding.location.excerpt || '' ) || finding.location.kind !== 'text' || ! select( finding.location ) ) {
			return false;
		}
		var editor = visual();
		if ( editor && ! FIELDS[ finding.location.field ] ) {
			editor.selection.setContent( editor.dom.encode( words ) );
			return true;
		}
		var area = field( FIELDS[ finding.location.field ] || 'content' );
		area.setRangeText( words );
		area.dispatchEvent( new Event( 'input', { bubbles: true } ) );
		return true;
	}

	wp.element.render( wp.element.createElement( window.qcGate.Panel ), field( 'qc-gate-root' ) );
	settings.post = Number( value( 'post_ID' ) ) || settings.post;
	window.qcGate.start( {
		read: read,
		onChange: onChange,
		jump: function ( finding ) {
			return select( finding.location );
		},
		apply: apply,
		settle: function () {},
	} );
} )( window.wp, window.qcGateSettings );
