/**
 * The block editor: reads the text from its store, locks saving, jumps to places, applies suggestions.
 *
 * The lock is a courtesy; the gate stands on the server.
 */
( function ( wp, settings ) {
	'use strict';

	var el = wp.element.createElement;
	var __ = wp.i18n.__;
	var data = wp.data;
	var places = window.qcGatePlaces;
	var LOCK = 'qc-gate';
	var SIDEBAR = 'qc-gate/qc-gate-sidebar';

	function editor() {
		return data.select( 'core/editor' );
	}

	/* ---- reading ---- */

	function read() {
		var names = { title: 'title', content: 'content', excerpt: 'excerpt', categories: 'categories', tags: 'tags', featured_media: 'featured_media' };
		var draft = {};
		Object.keys( names ).forEach( function ( name ) {
			var value = name === 'content' ? editor().getEditedPostContent() : editor().getEditedPostAttribute( name );
			if ( value !== undefined && value !== null ) {
				draft[ name ] = value;
			}
		} );
		var meta = editor().getEditedPostAttribute( 'meta' ) || {};
		draft.meta = { _qc_gate_fields: meta._qc_gate_fields || {}, _qc_gate_approver: meta._qc_gate_approver || '' };
		return draft;
	}

	function onChange( callback ) {
		var last = null;
		var saving = false;
		data.subscribe( function () {
			// Some attributes are new objects at every call: what they hold is compared.
			var draft = [ 'title', 'excerpt', 'categories', 'tags', 'featured_media' ].map( function ( name ) {
				return editor().getEditedPostAttribute( name );
			} );
			var meta = editor().getEditedPostAttribute( 'meta' ) || {};
			draft.push( editor().getCurrentPostId(), meta._qc_gate_fields, meta._qc_gate_approver );
			var now = [ JSON.stringify( draft ), data.select( 'core/block-editor' ).getBlocks() ];
			var changed = last && ( now[ 0 ] !== last[ 0 ] || now[ 1 ] !== last[ 1 ] );
			last = now;
			if ( changed ) {
				callback();
			}
			var busy = editor().isSavingPost() && ! editor().isAutosavingPost();
			var saved = saving && ! busy;
			saving = busy; // first: what follows changes the store, and comes back here
			if ( saved ) {
				afterSave( callback );
			}
		} );
	}

	/** What the server did: a text that went out unchecked must not look like one that passed. */
	function afterSave( callback ) {
		var last = editor().getCurrentPostAttribute( 'qc_gate' );
		if ( last && last.event === 'unchecked' && last.current ) {
			data.dispatch( 'core/notices' ).createWarningNotice( 'QC: ' + last.message, { id: 'qc-gate-unchecked' } );
		} else {
			data.dispatch( 'core/notices' ).removeNotice( 'qc-gate-unchecked' );
		}
		callback();
	}

	/* ---- the lock ---- */

	function settle( result ) {
		var may = result && result.may[ window.qcGate.target() ];
		var refused = Boolean( may && ! may.allowed );
		if ( refused !== editor().isPostSavingLocked() || refused ) {
			data.dispatch( 'core/editor' )[ refused ? 'lockPostSaving' : 'unlockPostSaving' ]( LOCK );
		}
		if ( refused ) {
			data.dispatch( 'core/notices' ).createWarningNotice( 'QC: ' + may.message, {
				id: 'qc-gate-refused',
				isDismissible: true,
				speak: false,
				actions: [ { label: __( 'Show what to correct', 'qc-gate' ), onClick: function () {
					data.dispatch( 'core/edit-post' ).openGeneralSidebar( SIDEBAR );
				} } ],
			} );
		} else {
			data.dispatch( 'core/notices' ).removeNotice( 'qc-gate-refused' );
		}
	}

	/* ---- texts of blocks ---- */

	function allBlocks( blocks ) {
		return blocks.reduce( function ( list, block ) {
			return list.concat( [ block ], allBlocks( block.innerBlocks ) );
		}, [] );
	}

	/** Every text of a block: { block, key, value, raw, set(value) }, tables and their cells too. */
	function textsOf( block ) {
		var type = wp.blocks.getBlockType( block.name );
		var texts = [];
		function put( key, value ) {
			var change = {};
			change[ key ] = value;
			data.dispatch( 'core/block-editor' ).updateBlockAttributes( block.clientId, change );
		}
		function walk( definitions, values, key, path ) {
			Object.keys( definitions ).forEach( function ( name ) {
				var source = definitions[ name ].source;
				var value = values[ name ];
				var top = key || name;
				var here = path.concat( key ? [ name ] : [] );
				if ( Array.isArray( value ) && source === 'query' ) {
					value.forEach( function ( each, index ) {
						walk( definitions[ name ].query, each, top, here.concat( [ index ] ) );
					} );
				} else if ( value !== undefined && value !== null && ( source === 'html' || source === 'rich-text' || source === 'raw' || name === 'alt' ) ) {
					var raw = source === 'raw' || name === 'alt' || block.name === 'core/html' || block.name === 'core/freeform' || block.name === 'core/shortcode';
					texts.push( { block: block, key: top, path: here, value: String( value ), raw: raw, set: function ( text ) {
						put( top, here.length ? replaced( block.attributes[ top ], here, text ) : text );
					} } );
				}
			} );
		}
		walk( ( type && type.attributes ) || {}, block.attributes, '', [] );
		return texts;
	}

	function replaced( value, path, text ) {
		if ( ! path.length ) {
			return text;
		}
		var copy = Array.isArray( value ) ? value.slice() : Object.assign( {}, value );
		copy[ path[ 0 ] ] = replaced( copy[ path[ 0 ] ], path.slice( 1 ), text );
		return copy;
	}

	/** The place of a finding in the blocks: { text, start, end }, or null. */
	function findInBlocks( location ) {
		var best = null;
		allBlocks( data.select( 'core/block-editor' ).getBlocks() ).forEach( function ( block ) {
			textsOf( block ).forEach( function ( text ) {
				var plain = text.raw ? text.value : wp.richText.create( { html: text.value } ).text;
				var place = places.findPlace( plain, location );
				if ( place && ( ! best || place.score > best.place.score ) ) {
					best = { text: text, place: place };
				}
			} );
		} );
		return best;
	}

	function blockOfFile( path ) {
		var name = places.fileName( path );
		return allBlocks( data.select( 'core/block-editor' ).getBlocks() ).filter( function ( block ) {
			return [ 'url', 'src', 'href', 'mediaUrl' ].some( function ( key ) {
				return block.attributes[ key ] && places.fileName( block.attributes[ key ] ) === name;
			} );
		} )[ 0 ];
	}

	/* ---- jumping ---- */

	var PANELS = {
		sapo: 'post-excerpt', category: 'taxonomy-panel-category', tags: 'taxonomy-panel-post_tag',
		featured_image: 'featured-image', published_at: 'post-status',
	};

	function canvas() {
		var frame = document.querySelector( 'iframe[name="editor-canvas"]' );
		return frame && frame.contentDocument ? frame.contentDocument : document;
	}

	function openPanel( name ) {
		var post = data.select( 'core/edit-post' );
		data.dispatch( 'core/edit-post' ).openGeneralSidebar( 'edit-post/document' );
		if ( ! post.isEditorPanelOpened( name ) ) {
			data.dispatch( 'core/edit-post' ).toggleEditorPanelOpened( name );
		}
		return true;
	}

	function showBlock( clientId ) {
		data.dispatch( 'core/block-editor' ).selectBlock( clientId );
		var node = canvas().querySelector( '[data-block="' + clientId + '"]' );
		if ( node ) {
			node.scrollIntoView( { block: 'center' } );
		}
		return node;
	}

	/** Mark the words without touching the document. */
	function highlight( node, location ) {
		var view = node && node.ownerDocument.defaultView;
		if ( ! view || ! view.CSS || ! view.CSS.highlights ) {
			return;
		}
		var walker = node.ownerDocument.createTreeWalker( node, 4 );
		var nodes = [];
		var text = '';
		while ( walker.nextNode() ) {
			nodes.push( { node: walker.currentNode, start: text.length } );
			text += walker.currentNode.data;
		}
		var place = places.findPlace( text, location );
		if ( ! place ) {
			return;
		}
		function point( offset ) {
			var inside = nodes.filter( function ( each ) {
				return each.start <= offset;
			} ).pop();
			return [ inside.node, offset - inside.start ];
		}
		var range = node.ownerDocument.createRange();
		range.setStart.apply( range, point( place.start ) );
		range.setEnd.apply( range, point( place.end ) );
		view.CSS.highlights.set( 'qc-gate', new view.Highlight( range ) );
	}

	function jump( finding ) {
		var location = finding.location;
		if ( location.kind === 'media' ) {
			var shown = blockOfFile( location.path );
			return shown ? Boolean( showBlock( shown.clientId ) ) : openPanel( 'featured-image' );
		}
		if ( location.field === 'title' ) {
			var title = canvas().querySelector( '.editor-post-title__input' );
			if ( title ) {
				title.focus();
				highlight( title, location );
			}
			return Boolean( title );
		}
		if ( location.field && location.field !== 'body' && location.kind !== 'text' || location.field === 'sapo' ) {
			return openPanel( PANELS[ location.field ] || 'qc-gate/qc-gate-fields' );
		}
		var found = findInBlocks( location );
		if ( ! found ) {
			return false;
		}
		var node = showBlock( found.text.block.clientId );
		if ( ! found.text.raw && ! found.text.path.length ) {
			data.dispatch( 'core/block-editor' ).selectionChange( found.text.block.clientId, found.text.key, found.place.start, found.place.end );
		}
		highlight( node, location );
		return Boolean( node );
	}

	/* ---- applying ---- */

	/** Replace a part of a rich text; the new words keep the format of the first old character. */
	function replaceRich( html, place, words ) {
		var value = wp.richText.create( { html: html } );
		var part = wp.richText.create( { text: words } );
		for ( var i = 0; i < words.length; i++ ) {
			if ( value.formats[ place.start ] ) {
				part.formats[ i ] = value.formats[ place.start ];
			}
		}
		return wp.richText.toHTMLString( { value: wp.richText.insert( value, part, place.start, place.end ) } );
	}

	function replacePlain( text, place, words ) {
		return text.slice( 0, place.start ) + words + text.slice( place.end );
	}

	function apply( finding, words ) {
		var location = finding.location;
		var name = { title: 'title', sapo: 'excerpt' }[ location.field ];
		if ( name ) {
			var text = editor().getEditedPostAttribute( name ) || '';
			var place = places.findPlace( text, location );
			var change = {};
			change[ name ] = place && replacePlain( text, place, words );
			return place ? Boolean( data.dispatch( 'core/editor' ).editPost( change ) ) : false;
		}
		var found = location.kind === 'text' && ! places.isMasked( location.excerpt ) ? findInBlocks( location ) : null;
		if ( ! found ) {
			return false;
		}
		found.text.set( found.text.raw ? replacePlain( found.text.value, found.place, words ) : replaceRich( found.text.value, found.place, words ) );
		return true;
	}

	/* ---- what stands on the screen ---- */

	function Fields() {
		var meta = data.useSelect( function ( select ) {
			return select( 'core/editor' ).getEditedPostAttribute( 'meta' ) || {};
		}, [] );
		var fields = meta._qc_gate_fields || {};
		function put( name, value ) {
			var change = {};
			change[ name ] = value;
			data.dispatch( 'core/editor' ).editPost( { meta: { _qc_gate_fields: Object.assign( {}, fields, change ) } } );
		}
		function text( name, label, help ) {
			return el( wp.components.TextControl, { key: name, label: label, help: help, value: fields[ name ] || '', onChange: function ( value ) {
				put( name, value );
			} } );
		}
		return el( wp.editPost.PluginDocumentSettingPanel, { name: 'qc-gate-fields', title: __( 'About this article', 'qc-gate' ) },
			el( wp.components.SelectControl, {
				label: __( 'Kind of article', 'qc-gate' ), value: fields.kind || '',
				options: Object.keys( settings.kinds ).map( function ( kind ) {
					return { value: kind, label: settings.kinds[ kind ] };
				} ),
				onChange: function ( value ) {
					put( 'kind', value );
				},
			} ),
			text( 'source', __( 'Source', 'qc-gate' ) ),
			text( 'source_url', __( 'Address of the source', 'qc-gate' ) ),
			text( 'expires_at', __( 'Expires on (YYYY-MM-DD)', 'qc-gate' ) ),
			text( 'consent_ids', __( 'Consent forms', 'qc-gate' ), __( 'Numbers of the forms, with commas', 'qc-gate' ) ),
			settings.mayPublish ? el( wp.components.TextControl, { label: __( 'Approved by (empty: whoever publishes)', 'qc-gate' ), value: meta._qc_gate_approver || '', onChange: function ( value ) {
				data.dispatch( 'core/editor' ).editPost( { meta: { _qc_gate_approver: value } } );
			} } ) : null,
			el( wp.components.CheckboxControl, { label: __( 'Has AI-made content', 'qc-gate' ), checked: Boolean( fields.ai_generated ), onChange: function ( value ) {
				put( 'ai_generated', value );
			} } )
		);
	}

	var icon = el( 'svg', { width: 20, height: 20, viewBox: '0 0 20 20', 'aria-hidden': true },
		el( 'path', { d: 'M10 1 3 4v5c0 4.6 3 8.5 7 10 4-1.5 7-5.4 7-10V4l-7-3zm-1 12L5.5 9.5 7 8l2 2 4-4 1.5 1.5L9 13z' } ) );

	wp.plugins.registerPlugin( 'qc-gate', {
		icon: icon,
		render: function () {
			var title = __( 'Check before publication', 'qc-gate' );
			return el( wp.element.Fragment, null,
				el( wp.editPost.PluginSidebarMoreMenuItem, { target: 'qc-gate-sidebar' }, title ),
				el( wp.editPost.PluginSidebar, { name: 'qc-gate-sidebar', title: title }, el( window.qcGate.Panel ) ),
				el( wp.editPost.PluginPrePublishPanel, { title: title, initialOpen: true }, el( window.qcGate.Summary ) ),
				el( Fields )
			);
		},
	} );

	/** The editor loads its post after the scripts: start once there is one. */
	var stop = data.subscribe( function () {
		if ( editor().getCurrentPostId() ) {
			stop();
			settings.post = editor().getCurrentPostId();
			window.qcGate.start( { read: read, onChange: onChange, jump: jump, apply: apply, settle: settle } );
		}
	} );
} )( window.wp, window.qcGateSettings );
