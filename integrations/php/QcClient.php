<?php
/**
 * A client of the qc service for any PHP program. No dependencies: PHP 7.4 with its own streams.
 *
 *     $qc = new QcClient('http://127.0.0.1:8765');
 *     $report = $qc->check(['title' => …, 'body' => …]);
 *     if ($report['verdict'] === 'block') { … }
 *
 * Licence: MIT, as qc itself.
 */

declare(strict_types=1);

/** The service did not check. Never take this for "passed". */
final class QcUnavailable extends RuntimeException
{
}

final class QcClient
{
    private string $url;
    private string $token;
    private int $timeout_s;

    public function __construct(string $url = 'http://127.0.0.1:8765', string $token = '', int $timeout_s = 30)
    {
        if (!preg_match('#^https?://#i', $url)) {
            throw new InvalidArgumentException('the address of the service must begin with http:// or https://');
        }
        if (preg_match('/[\r\n]/', $token)) {
            throw new InvalidArgumentException('a token has no line breaks');
        }
        $this->url = rtrim($url, '/');
        $this->token = $token;
        $this->timeout_s = $timeout_s;
    }

    /**
     * Check one article (docs/article-json.md). `$media` maps the paths that the article names to
     * files on this machine. Gives the report: verdict, findings, outcomes …
     *
     * @param array<string, mixed>  $article
     * @param array<string, string> $media
     * @return array<string, mixed>
     * @throws QcUnavailable where there is no report, for whatever reason
     */
    public function check(array $article, array $media = [], string $policy = 'co-so', string $lang = 'vi'): array
    {
        $sent = [];
        foreach ($media as $path => $file) {
            $bytes = @file_get_contents($file);
            if ($bytes === false) {
                throw new QcUnavailable("cannot read $file");
            }
            $sent[$path] = ['data' => base64_encode($bytes)];
        }
        $answer = $this->request('POST', '/v1/check', [
            'article' => (object) $article,
            'policy' => $policy,
            'lang' => $lang,
            'media' => (object) $sent,
        ]);
        $report = $answer['reports'][0] ?? null;
        if (!is_array($report) || !in_array($report['verdict'] ?? null, ['pass', 'review', 'block', 'incomplete'], true)) {
            throw new QcUnavailable('the answer is not a report');
        }
        return $report;
    }

    /**
     * The findings that count: those that nobody has waived, of these severities.
     *
     * @param array<string, mixed> $report
     * @param list<string>         $severities
     * @return list<array<string, mixed>>
     */
    public static function findings(array $report, array $severities = ['error', 'warning']): array
    {
        return array_values(array_filter(
            $report['findings'],
            static fn (array $finding): bool => $finding['waived'] === null && in_array($finding['severity'], $severities, true)
        ));
    }

    /**
     * One request; the answer as data.
     *
     * @param array<string, mixed>|null $data
     * @return array<mixed>
     */
    public function request(string $method, string $path, ?array $data = null): array
    {
        $head = ['Accept: application/json', 'Connection: close'];
        if ($data !== null) {
            $head[] = 'Content-Type: application/json';
        }
        if ($this->token !== '') {
            $head[] = 'Authorization: Bearer ' . $this->token;
        }
        $options = ['http' => [
            'method' => $method,
            'header' => implode("\r\n", $head),
            'content' => $data === null ? '' : json_encode($data, JSON_THROW_ON_ERROR | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES),
            'timeout' => $this->timeout_s,
            'follow_location' => 0,
            'ignore_errors' => true,
        ]];
        $body = @file_get_contents($this->url . $path, false, stream_context_create($options));
        if ($body === false) {
            throw new QcUnavailable('no connection to ' . $this->url);
        }
        $status = preg_match('#^HTTP/\S+ (\d+)#', $http_response_header[0] ?? '', $found) ? (int) $found[1] : 0;
        $answer = json_decode($body, true);
        if ($status !== 200 || !is_array($answer)) {
            $said = is_array($answer) ? ($answer['error']['message'] ?? $answer['error']['what'] ?? '') : '';
            throw new QcUnavailable(trim("the service answered $status " . (is_string($said) ? $said : '')), $status);
        }
        return $answer;
    }
}
