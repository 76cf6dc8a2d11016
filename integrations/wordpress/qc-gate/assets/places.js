/**
 * Where a finding stands in a text: pure functions, used by both editors.
 */
( function ( root ) {
	'use strict';

	/** A text with runs of white space as one space, and for each character its place in the original. */
	function squeeze( text ) {
		var squeezed = '';
		var places = [];
		var space = true;
		for ( var i = 0; i < text.length; i++ ) {
			var character = text[ i ];
			if ( /[\s\u00a0]/.test( character ) ) {
				if ( ! space ) {
					squeezed += ' ';
					places.push( i );
				}
				space = true;
			} else if ( character !== '\ufffc' ) {
				squeezed += character;
				places.push( i );
				space = false;
			}
		}
		places.push( text.length );
		return { text: squeezed, places: places };
	}

	function sameEnd( one, other ) {
		var n = 0;
		while ( n < one.length && n < other.length && one[ one.length - 1 - n ] === other[ other.length - 1 - n ] ) {
			n++;
		}
		return n;
	}

	function sameStart( one, other ) {
		var n = 0;
		while ( n < one.length && n < other.length && one[ n ] === other[ n ] ) {
			n++;
		}
		return n;
	}

	/** Personal data is masked in reports (09****12): then only the words around it are known. */
	function isMasked( excerpt ) {
		return /\*{2,}/.test( excerpt );
	}

	/**
	 * The best place of a location in a text: { start, end, score }, or null.
	 * The score is the number of characters around it that agree.
	 */
	function findPlace( text, location ) {
		var whole = squeeze( text );
		var excerpt = squeeze( location.excerpt || '' ).text.trim();
		var before = squeeze( location.before || '' ).text;
		var after = squeeze( location.after || '' ).text;
		if ( ! excerpt ) {
			return null;
		}
		if ( isMasked( excerpt ) ) {
			return findBetween( whole, before, after, excerpt.length );
		}
		var best = null;
		for ( var at = whole.text.indexOf( excerpt ); at !== -1; at = whole.text.indexOf( excerpt, at + 1 ) ) {
			var end = at + excerpt.length;
			var score = sameEnd( before.trim(), whole.text.slice( 0, at ).trim() ) + sameStart( after.trim(), whole.text.slice( end ).trim() );
			if ( ! best || score > best.score ) {
				best = { start: whole.places[ at ], end: whole.places[ end - 1 ] + 1, score: score };
			}
		}
		return best;
	}

	function findBetween( whole, before, after, length ) {
		var head = before.slice( -24 );
		var tail = after.slice( 0, 24 );
		var from = head ? whole.text.indexOf( head ) : 0;
		if ( from === -1 || ( ! head && ! tail ) ) {
			return null;
		}
		from += head.length;
		var to = tail ? whole.text.indexOf( tail, from ) : whole.text.length;
		while ( whole.text[ from ] === ' ' ) {
			from++;
		}
		while ( to > from && whole.text[ to - 1 ] === ' ' ) {
			to--;
		}
		if ( to === -1 || to <= from || to - from > length * 3 + 20 ) {
			return null;
		}
		return { start: whole.places[ from ], end: whole.places[ to - 1 ] + 1, score: head.length + tail.length };
	}

	/** The name of an uploaded file without the suffix of a size. */
	function fileName( address ) {
		var name = String( address || '' ).split( /[?#]/ )[ 0 ].split( '/' ).pop();
		try {
			name = decodeURIComponent( name );
		} catch ( error ) {
			// A lone % is part of the name.
		}
		return name.replace( /-\d+x\d+(?=\.\w+$)/, '' ).replace( /-scaled(?=\.\w+$)/, '' );
	}

	root.qcGatePlaces = { findPlace: findPlace, fileName: fileName, isMasked: isMasked };
	if ( typeof module !== 'undefined' ) {
		module.exports = root.qcGatePlaces;
	}
} )( typeof window === 'undefined' ? {} : window );
