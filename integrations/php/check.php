<?php
/**
 * Check an article from the command line or before a save: php check.php bai.json [picture …]
 * Exit code: 0 may be published, 1 must be corrected, 3 not checked.
 */

declare(strict_types=1);

require __DIR__ . '/QcClient.php';

$qc = new QcClient(getenv('QC_URL') ?: 'http://127.0.0.1:8765', getenv('QC_TOKEN') ?: '');
$article = json_decode((string) file_get_contents($argv[1]), true, 64, JSON_THROW_ON_ERROR);
$media = [];
foreach (array_slice($argv, 2) as $file) {
    $media[basename($file)] = $file;
}
try {
    $report = $qc->check($article, $media);
} catch (QcUnavailable $error) {
    fwrite(STDERR, 'Chưa kiểm tra được: ' . $error->getMessage() . "\n");
    exit(3);
}
foreach (QcClient::findings($report) as $finding) {
    echo $finding['severity'], ' ', $finding['rule'], ': ', $finding['message'], "\n";
}
echo $report['verdict'], "\n";
exit(['pass' => 0, 'review' => 0, 'block' => 1, 'incomplete' => 3][$report['verdict']]);
