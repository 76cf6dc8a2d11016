<?php
/**
 * The decision: may this draft get this status? The service judges the article,
 * the settings say what follows from its verdict.
 *
 * @package QcGate
 */

namespace QcGate;

defined( 'ABSPATH' ) || exit;

/**
 * What was decided about one draft and one status.
 */
final class Decision {
	/** @var bool */
	public $allowed = false;
	/** @var string pass, review, block, incomplete, or unchecked where there was no answer */
	public $verdict = 'unchecked';
	/** @var string one or two sentences for the editor: why not, or what to know */
	public $message = '';
	/** @var array findings as the service gave them */
	public $findings = array();
	/** @var string policy that judged */
	public $policy = '';

	/** The number of findings of a severity that nobody answers for. */
	public function count( $severity ) {
		return count(
			array_filter(
				$this->findings,
				static fn( $each ) => $each['severity'] === $severity && empty( $each['waived'] )
			)
		);
	}
}

/** Check a draft for a status (pending or publish). Asks the service once. */
function decide( array $draft, $status ) {
	return judge( check_draft( $draft ), $status, editor_answers( $draft ) );
}

/**
 * Whether an editor answers for a draft: the current user, or, when the scheduler works, whoever
 * scheduled the very same text.
 */
function editor_answers( array $draft ) {
	if ( get_current_user_id() ) {
		return current_user_can( 'edit_others_posts' );
	}
	$result = $draft['id'] ? get_post_meta( $draft['id'], RESULT, true ) : null;
	return is_array( $result ) && ! empty( $result['editor'] ) && fingerprint( $draft['title'], $draft['content'], $draft['excerpt'] ) === $result['print'];
}

/** Ask the service about a draft: a Decision that does not allow anything yet. */
function check_draft( array $draft ) {
	list( $article, $media, $left_out ) = article_of( $draft );
	$decision                           = new Decision();
	/* translators: %d: number of a post */
	$answer = ask_service( $article, $media, $draft['id'] ? sprintf( __( 'post %d', 'qc-gate' ), $draft['id'] ) : __( 'new post', 'qc-gate' ) );
	if ( ! $answer['ok'] ) {
		$decision->message = $answer['why'];
		return $decision;
	}
	$decision->verdict  = $answer['report']['verdict'];
	$decision->findings = explain_left_out( $answer['report']['findings'], $left_out );
	$decision->policy   = (string) ( $answer['report']['policy']['id'] ?? '' );
	if ( 'wp_block' === $draft['type'] ) {
		only_mistakes( $decision );
	}
	if ( 'incomplete' === $decision->verdict ) {
		$decision->message = unfinished( $answer['report'] );
	}
	return $decision;
}

/** Decide what a checked draft may become; $by_editor: an editor answers for it. */
function judge( Decision $checked, $status, $by_editor ) {
	$decision          = clone $checked;
	$decision->allowed = true;
	$required          = array_filter(
		checklist_for( $status, $decision->findings ),
		static fn( $item ) => 'required' === $item['level'] && ! $item['met']
	);
	if ( 'publish' === $status ) {
		judge_verdict( $decision, $by_editor );
	} elseif ( 'unchecked' === $decision->verdict ) {
		/* translators: %s: why */
		$decision->message = sprintf( __( 'This article has not been checked: %s.', 'qc-gate' ), $decision->message );
	}
	if ( $required && 'unchecked' !== $decision->verdict && $decision->allowed ) {
		$decision->allowed = false;
		/* translators: %s: list of checklist items */
		$decision->message = sprintf( __( 'The checklist asks for: %s.', 'qc-gate' ), implode( '; ', array_column( $required, 'label' ) ) );
	}
	return $decision;
}

/** What the verdict means for publication, by the settings. */
function judge_verdict( Decision $decision, $by_editor ) {
	$errors   = $decision->count( 'error' );
	$warnings = $decision->count( 'warning' );
	switch ( $decision->verdict ) {
		case 'pass':
			return;
		case 'review':
			$decision->allowed = 'allow' === setting( 'on_review' ) || ( 'editors' === setting( 'on_review' ) && $by_editor );
			/* translators: %d: number of warnings */
			$decision->message = $decision->allowed ? '' : sprintf( _n( '%d warning must be looked at by an editor first.', '%d warnings must be looked at by an editor first.', $warnings, 'qc-gate' ), $warnings );
			return;
		case 'block':
			$decision->allowed = false;
			/* translators: 1: number of mistakes, 2: the first of them */
			$decision->message = sprintf( _n( '%1$d mistake must be corrected first: %2$s.', '%1$d mistakes must be corrected first: %2$s.', $errors, 'qc-gate' ), $errors, first_messages( $decision ) );
			return;
		case 'incomplete':
			$decision->allowed = 'allow' === setting( 'on_incomplete' );
			/* translators: %s: what could not be checked */
			$decision->message = sprintf( __( 'The check could not be finished: %s.', 'qc-gate' ), $decision->message );
			return;
		default:
			$decision->allowed = 'open' === setting( 'fail' );
			$decision->message = $decision->allowed
				/* translators: %s: why */
				? sprintf( __( 'Published WITHOUT a check: %s. It will be checked again.', 'qc-gate' ), $decision->message )
				/* translators: %s: why */
				: sprintf( __( 'Not published, because it could not be checked: %s. Try again later or tell the administrator.', 'qc-gate' ), $decision->message );
	}
}

/** The messages of the first mistakes. */
function first_messages( Decision $decision ) {
	$messages = array();
	foreach ( $decision->findings as $finding ) {
		if ( 'error' === $finding['severity'] && empty( $finding['waived'] ) ) {
			$messages[] = $finding['message'];
		}
	}
	$more = count( $messages ) > 3 ? '; …' : '';
	return implode( '; ', array_slice( $messages, 0, 3 ) ) . $more;
}

/** A reusable block is no article: warnings (no category, no summary) are told where it is shown. */
function only_mistakes( Decision $decision ) {
	$decision->findings = array_values( wp_list_filter( $decision->findings, array( 'severity' => 'error' ) ) );
	if ( 'review' === $decision->verdict ) {
		$decision->verdict = 'pass';
	}
}

/** What kept a check from being finished. */
function unfinished( array $report ) {
	$reasons = array();
	foreach ( (array) ( $report['outcomes'] ?? array() ) as $outcome ) {
		if ( in_array( $outcome['state'] ?? '', array( 'crashed', 'unavailable' ), true ) ) {
			$reasons[] = (string) ( $outcome['reason'] ?? $outcome['check'] );
		}
	}
	return implode( '; ', array_slice( array_unique( $reasons ), 0, 3 ) );
}

/** A file that was too large to be sent is missing for the service: say what is true. */
function explain_left_out( array $findings, array $left_out ) {
	foreach ( $findings as &$finding ) {
		if ( in_array( $finding['location']['path'] ?? '', $left_out, true ) ) {
			/* translators: 1: file, 2: megabytes */
			$finding['message'] = sprintf( __( '“%1$s” was not checked: the files of the article are larger than %2$d MB together', 'qc-gate' ), basename( $finding['location']['path'] ), (int) setting( 'media_mb' ) );
			$finding['fix']     = __( 'Use a smaller file, or ask the administrator to raise the limit in the settings.', 'qc-gate' );
		}
	}
	return $findings;
}
