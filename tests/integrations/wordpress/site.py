"""A WordPress site for the tests: Debian's WordPress in a temporary folder, with the plug-in."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
import urllib.error
import urllib.request
import xmlrpc.client
from pathlib import Path
from typing import Any

from tests.integrations.wordpress.servers import (
    ROOT,
    Server,
    free_port,
    mariadb,
    php_server,
    qc_service,
)

WORDPRESS = Path("/usr/share/wordpress")
PLUGIN = ROOT / "integrations" / "wordpress" / "qc-gate"
PASSWORD = "mat-khau-thu-nghiem-29"
USERS = {  # login: role, name
    "cuong": ("editor", "Lê Văn Cường"),
    "binh": ("author", "Trần Thị Bình"),
    "dung": ("contributor", "Phạm Văn Dũng"),
}

CONFIG = """<?php
define('DB_NAME', 'wordpress'); define('DB_USER', 'root'); define('DB_PASSWORD', '');
define('DB_HOST', 'localhost:{sock}'); define('DB_CHARSET', 'utf8mb4'); define('DB_COLLATE', '');
foreach (array('AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE') as $name) {{
    define($name . '_KEY', 'k-' . $name); define($name . '_SALT', 's-' . $name);
}}
define('WP_HOME', '{url}'); define('WP_SITEURL', '{url}');
define('WP_ENVIRONMENT_TYPE', 'local'); define('DISABLE_WP_CRON', true);
define('WP_HTTP_BLOCK_EXTERNAL', true); define('AUTOMATIC_UPDATER_DISABLED', true);
define('WP_DEBUG', true); define('WP_DEBUG_DISPLAY', false); define('WP_DEBUG_LOG', '{log}');
define('FS_METHOD', 'direct');
$table_prefix = 'wp_';
if (!defined('ABSPATH')) {{ define('ABSPATH', __DIR__ . '/'); }}
require_once ABSPATH . 'wp-settings.php';
"""

INSTALL = """
define('WP_INSTALLING', true);
require 'wp-load.php';
require 'wp-admin/includes/upgrade.php';
wp_install('Trường Tiểu học Hoa Sen', 'quantri', 'quantri@example.org', true, '', $password, 'vi');
"""

SET_UP = """
require 'wp-admin/includes/plugin.php';
wp_update_user(array('ID' => 1, 'display_name' => 'Ban quản trị'));
foreach ($users as $login => $user) {
    $id = wp_insert_user(array('user_login' => $login, 'user_pass' => $password,
        'user_email' => "$login@example.org", 'role' => $user[0], 'display_name' => $user[1]));
    $made = WP_Application_Passwords::create_new_application_password($id, array('name' => 'test'));
    $keys[$login] = $made[0];
}
wp_insert_term('Tin tức', 'category');
$result = activate_plugin('qc-gate/qc-gate.php');
return array('keys' => $keys, 'news' => get_cat_ID('Tin tức'),
    'error' => is_wp_error($result) ? $result->get_error_message() : '');
"""

# The classic editor, where a test asks for it by ?classic=1 (and in the form it sends back).
CLASSIC = """<?php
add_filter('use_block_editor_for_post', function ($use) {
    return $use && empty($_GET['classic']) && 'classic' !== get_option('test_editor');
});
"""


class Site:
    """The site, its service, and the ways into it: PHP, REST, XML-RPC."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.root = folder, folder / "wordpress"
        self.url = f"http://127.0.0.1:{free_port()}"
        self.database, self.socket = mariadb(folder)
        self.web = php_server(self.root, int(self.url.rsplit(":", 1)[1]))
        self.service_port = free_port()
        self.service: Server = qc_service(folder, self.service_port)
        self.keys: dict[str, str] = {}
        self.news = 0

    def start(self) -> None:
        """Start everything and install."""
        self.service_url = f"http://127.0.0.1:{self.service_port}"
        _copy(self.root)
        self.database.start()
        self._sql("CREATE DATABASE wordpress CHARACTER SET utf8mb4")
        config = CONFIG.format(sock=self.socket, url=self.url, log=self.debug_log)
        (self.root / "wp-config.php").write_text(config)
        self._run(INSTALL, password=PASSWORD)
        made = self.php(SET_UP, users=USERS, password=PASSWORD)
        assert not made["error"], made["error"]
        self.keys, self.news = made["keys"], made["news"]
        self.configure()
        self.service.start()
        self.web.start()

    def stop(self) -> None:
        """End every process."""
        for server in (self.web, self.service, self.database):
            server.stop()

    @property
    def debug_log(self) -> Path:
        """What PHP complained about."""
        return self.folder / "debug.log"

    def configure(self, **changes: Any) -> None:
        """Set the plug-in's settings: the defaults, the test's service, and `changes`."""
        settings = {"url": self.service_url, "timeout_s": 20, **changes}
        self.php(
            "update_option('qc_gate', array_merge(QcGate\\defaults(), $settings));",
            settings=settings,
        )

    def php(self, code: str, user: str | int = 0, **values: Any) -> Any:
        """Run PHP in the site, as WP-CLI does: what it returns, through JSON."""
        who = (
            f"wp_set_current_user({user});"
            if isinstance(user, int)
            else (f"wp_set_current_user(get_user_by('login', '{user}')->ID);")
        )
        body = f"$run = function ($values) {{ extract($values); {code} }};"
        out = self._run(
            f"require 'wp-load.php'; {who} {body}"
            'echo "\\n@@", json_encode($run($values), JSON_UNESCAPED_UNICODE);',
            **values,
        )
        return json.loads(out.rsplit("@@", 1)[1])

    def rest(
        self, method: str, path: str, data: Any = None, user: str = "cuong"
    ) -> tuple[int, Any]:
        """Call the REST interface as a user: status and answer."""
        secret = base64.b64encode(f"{user}:{self.keys[user]}".encode()).decode()
        head = {"Authorization": f"Basic {secret}", "Content-Type": "application/json"}
        route, _, query = path.partition("?")
        request = urllib.request.Request(
            f"{self.url}/?rest_route={route}" + (f"&{query}" if query else ""),
            data=None if data is None else json.dumps(data).encode(),
            headers=head,
            method=method,
        )
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            return error.code, json.load(error)

    def xmlrpc(self) -> xmlrpc.client.ServerProxy:
        """The XML-RPC interface."""
        return xmlrpc.client.ServerProxy(f"{self.url}/xmlrpc.php", allow_none=True)

    def cron(self) -> None:
        """Let WordPress's scheduler run what is due."""
        with urllib.request.urlopen(f"{self.url}/wp-cron.php?doing_wp_cron", timeout=60):
            pass

    def status(self, post: int) -> str:
        """The status of a post as the database has it."""
        return str(self.php("return get_post_status($post);", post=post))

    def content(self, post: int) -> str:
        """The text of a post as the database has it."""
        return str(self.php("return get_post($post)->post_content;", post=post))

    def _sql(self, statement: str) -> None:
        command = ["mariadb", "--no-defaults", "-uroot", f"--socket={self.socket}", "-e", statement]
        subprocess.run(command, check=True, capture_output=True)

    def _run(self, code: str, **values: Any) -> str:
        script = "$values = json_decode(stream_get_contents(STDIN), true); extract($values);"
        done = subprocess.run(
            ["php", "-d", "display_errors=stderr", "-r", script + code],
            input=json.dumps(values),
            capture_output=True,
            text=True,
            cwd=self.root,
            check=False,
            timeout=120,
        )
        assert done.returncode == 0, done.stdout[-1500:] + done.stderr[-1500:]
        return done.stdout


def _copy(root: Path) -> None:
    """WordPress itself, the Vietnamese language files, and the plug-in."""

    def other_languages(folder: str, names: list[str]) -> list[str]:
        if not folder.endswith("languages"):
            return []
        return [
            n
            for n in names
            if not n.startswith(("vi", "admin-vi")) and n not in ("plugins", "themes")
        ]

    shutil.copytree(WORDPRESS, root, ignore=other_languages, ignore_dangling_symlinks=True)
    (root / "wp-config.php").unlink(missing_ok=True)
    shutil.copytree(PLUGIN, root / "wp-content" / "plugins" / "qc-gate", dirs_exist_ok=True)
    (root / "wp-content" / "uploads").mkdir(exist_ok=True)
    (root / "wp-content" / "mu-plugins").mkdir(exist_ok=True)
    (root / "wp-content" / "mu-plugins" / "classic.php").write_text(CLASSIC)
