/** Reports and replies as real servers write them, about a message whose id and address are given. */
export type About = { publicId: string; recipient: string; returnPath: string };

const crlf = (text: string): Buffer => Buffer.from(text.replaceAll("\n", "\r\n"));

/** Postfix 3.x: the address does not exist at the next server. */
export const postfixBounce = ({ publicId, recipient, returnPath }: About, status = "5.1.1"): Buffer =>
  crlf(`Return-Path: <>
Received: by mx1.example.net (Postfix)
	id 4XyZ1k0p3Tz9sQx; Wed, 25 Nov 2026 06:31:02 +0000 (UTC)
Date: Wed, 25 Nov 2026 06:31:02 +0000 (UTC)
From: MAILER-DAEMON@mx1.example.net (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: ${returnPath}
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
	boundary="4XyZ1j6h1cz9sQw.1764052262/mx1.example.net"
Content-Transfer-Encoding: 8bit
Message-Id: <4XyZ1k0p3Tz9sQx@mx1.example.net>

This is a MIME-encapsulated message.

--4XyZ1j6h1cz9sQw.1764052262/mx1.example.net
Content-Description: Notification
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

This is the mail system at host mx1.example.net.

I'm sorry to have to inform you that your message could not
be delivered to one or more recipients. It's attached below.

                   The mail system

<${recipient}>: host mail.example.test[192.0.2.25] said: 550 ${status}
    <${recipient}>: Recipient address rejected: User unknown in local
    recipient table (in reply to RCPT TO command)

--4XyZ1j6h1cz9sQw.1764052262/mx1.example.net
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx1.example.net
X-Postfix-Queue-ID: 4XyZ1j6h1cz9sQw
X-Postfix-Sender: rfc822; ${returnPath}
Arrival-Date: Wed, 25 Nov 2026 06:31:01 +0000 (UTC)

Final-Recipient: rfc822; ${recipient}
Original-Recipient: rfc822;${recipient}
Action: failed
Status: ${status}
Remote-MTA: dns; mail.example.test
Diagnostic-Code: smtp; 550 ${status} <${recipient}>: Recipient address
    rejected: User unknown in local recipient table

--4XyZ1j6h1cz9sQw.1764052262/mx1.example.net
Content-Description: Undelivered Message Headers
Content-Type: text/rfc822-headers
Content-Transfer-Encoding: 8bit

Return-Path: <${returnPath}>
From: Suraksha <no-reply@suraksha.example.com>
To: ${recipient}
Subject: Your renewal
Message-ID: <${publicId}@suraksha.example.com>
X-Ringback-Id: ${publicId}

--4XyZ1j6h1cz9sQw.1764052262/mx1.example.net--
`);

/** Gmail: the inbox is full, after its own retries. */
export const gmailBounce = ({ publicId, recipient, returnPath }: About): Buffer =>
  crlf(`Return-Path: <>
Received: from mail-sor-f69.google.com (mail-sor-f69.google.com. [209.85.220.69])
        by mx.google.com with SMTPS; Wed, 25 Nov 2026 01:12:09 -0800 (PST)
To: ${returnPath}
Auto-Submitted: auto-replied
From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>
Subject: Delivery Status Notification (Failure)
References: <${publicId}@suraksha.example.com>
In-Reply-To: <${publicId}@suraksha.example.com>
Message-ID: <67445c19.050a0220.1a2b3c.0001.GMR@mx.google.com>
Date: Wed, 25 Nov 2026 01:12:09 -0800 (PST)
MIME-Version: 1.0
X-Failed-Recipients: ${recipient}
Content-Type: multipart/report; boundary="000000000000f1a2b30627c4d5e6"; report-type=delivery-status

--000000000000f1a2b30627c4d5e6
Content-Type: multipart/related; boundary="000000000000f1a2bb0627c4d5ee"

--000000000000f1a2bb0627c4d5ee
Content-Type: multipart/alternative; boundary="000000000000f1a2c40627c4d5ef"

--000000000000f1a2c40627c4d5ef
Content-Type: text/plain; charset="UTF-8"

** Message not delivered **

Your message couldn't be delivered to ${recipient} because their inbox is full.

The response from the remote server was:
452 4.2.2 The email account that you tried to reach is over quota.

--000000000000f1a2c40627c4d5ef
Content-Type: text/html; charset="UTF-8"

<html><body><p>Message not delivered</p></body></html>
--000000000000f1a2c40627c4d5ef--
--000000000000f1a2bb0627c4d5ee
Content-Type: image/png; name="icon.png"
Content-Disposition: attachment; filename="icon.png"
Content-Transfer-Encoding: base64
Content-ID: <icon.png>

iVBORw0KGgo=
--000000000000f1a2bb0627c4d5ee--
--000000000000f1a2b30627c4d5e6
Content-Type: message/delivery-status

Reporting-MTA: dns; googlemail.com
Arrival-Date: Tue, 24 Nov 2026 22:31:01 -0800 (PST)
X-Original-Message-ID: <${publicId}@suraksha.example.com>

Final-Recipient: rfc822; ${recipient}
Action: failed
Status: 4.2.2
Remote-MTA: dns; gmail-smtp-in.l.google.com. (142.250.0.26, the server for
 the domain gmail.com.)
Diagnostic-Code: smtp; 452-4.2.2 The recipient's inbox is out of storage space.
Last-Attempt-Date: Wed, 25 Nov 2026 01:12:09 -0800 (PST)

--000000000000f1a2b30627c4d5e6
Content-Type: message/rfc822

Return-Path: <${returnPath}>
From: Suraksha <no-reply@suraksha.example.com>
To: ${recipient}
Subject: Your renewal
Message-ID: <${publicId}@suraksha.example.com>
X-Ringback-Id: ${publicId}
MIME-Version: 1.0
Content-Type: text/plain; charset="UTF-8"

Dear Asha, reply STOP to unsubscribe.

--000000000000f1a2b30627c4d5e6--
`);

/** Exchange Online: base64 and quoted-printable parts, the recipient in X.400-like spelling left out. */
export const exchangeBounce = ({ publicId, recipient, returnPath }: About): Buffer =>
  crlf(`From: <postmaster@contoso.onmicrosoft.com>
To: <${returnPath}>
Date: Wed, 25 Nov 2026 06:31:40 +0000
Content-Type: multipart/report; report-type=delivery-status;
	boundary="_f0a1b2c3-d4e5-46f7-8899-aabbccddeeff_"
X-MS-Exchange-Message-Is-Ndr:
Content-Language: en-IN
Message-ID: <a1b2c3d4-e5f6@PN3PR01MB1234.INDPRD01.PROD.OUTLOOK.COM>
In-Reply-To: <${publicId}@suraksha.example.com>
References: <${publicId}@suraksha.example.com>
Subject: =?utf-8?B?VW5kZWxpdmVyYWJsZTogWW91ciByZW5ld2Fs?=
Auto-Submitted: auto-replied
X-Auto-Response-Suppress: All
MIME-Version: 1.0

--_f0a1b2c3-d4e5-46f7-8899-aabbccddeeff_
Content-Type: multipart/alternative; differences=Content-Type;
	boundary="_11111111-2222-3333-4444-555555555555_"

--_11111111-2222-3333-4444-555555555555_
Content-Type: text/plain; charset="us-ascii"
Content-Transfer-Encoding: quoted-printable

Your message to ${recipient.replace("@", "=40")} couldn't be delivered.=20
The address may be misspelled or may not exist.

--_11111111-2222-3333-4444-555555555555_--

--_f0a1b2c3-d4e5-46f7-8899-aabbccddeeff_
Content-Type: message/delivery-status
Content-Transfer-Encoding: base64

${Buffer.from(
  [
    "Reporting-MTA: dns;PN3PR01MB1234.INDPRD01.PROD.OUTLOOK.COM",
    "Received-From-MTA: dns;mx1.example.net",
    "Arrival-Date: Wed, 25 Nov 2026 06:31:39 +0000",
    "",
    `Final-Recipient: rfc822;${recipient}`,
    "Action: failed",
    "Status: 5.1.10",
    "Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup",
    "",
  ].join("\r\n"),
)
  .toString("base64")
  .replace(/(.{76})/g, "$1\n")}

--_f0a1b2c3-d4e5-46f7-8899-aabbccddeeff_
Content-Type: message/rfc822

From: Suraksha <no-reply@suraksha.example.com>
To: ${recipient}
Subject: Your renewal
Message-ID: <${publicId}@suraksha.example.com>
X-Ringback-Id: ${publicId}

--_f0a1b2c3-d4e5-46f7-8899-aabbccddeeff_--
`);

/** A server that says that it still tries. */
export const delayNotice = (about: About): Buffer =>
  Buffer.from(postfixBounce(about, "4.4.1").toString().replace("Action: failed", "Action: delayed"));

/** Yahoo's feedback loop, by RFC 5965. */
export const spamComplaint = ({ publicId, recipient, returnPath }: About): Buffer =>
  crlf(`From: feedback@arf.mail.yahoo.com
To: ${returnPath}
Subject: FW: Your renewal
Date: Wed, 25 Nov 2026 08:00:00 +0000
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="part1_13d.2e68ed54_boundary"

--part1_13d.2e68ed54_boundary
Content-Type: text/plain; charset="US-ASCII"
Content-Transfer-Encoding: 7bit

This is an email abuse report for an email message received from IP 192.0.2.1.

--part1_13d.2e68ed54_boundary
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: Yahoo!-Mail-Feedback/2.0
Version: 1
Original-Mail-From: <${returnPath}>
Original-Rcpt-To: <${recipient}>
Arrival-Date: Wed, 25 Nov 2026 07:00:00 +0000
Reported-Domain: suraksha.example.com

--part1_13d.2e68ed54_boundary
Content-Type: message/rfc822
Content-Disposition: inline

From: Suraksha <no-reply@suraksha.example.com>
To: ${recipient}
Subject: Your renewal
Message-ID: <${publicId}@suraksha.example.com>
X-Ringback-Id: ${publicId}

Dear Asha
--part1_13d.2e68ed54_boundary--
`);

type Reply = { from: string; to: string; body: string; headers?: string; inReplyTo?: string };

let lastReply = 0;

/** A mail that a person, or a machine with its headers, wrote. */
export const plainReply = ({ from, to, body, headers = "", inReplyTo }: Reply): Buffer =>
  crlf(`From: ${from}
To: ${to}
Subject: Re: Your renewal
Date: Wed, 25 Nov 2026 09:00:00 +0530
Message-ID: <reply-${++lastReply}@mail.example.test>
${inReplyTo ? `In-Reply-To: <${inReplyTo}@suraksha.example.com>\n` : ""}${headers}MIME-Version: 1.0
Content-Type: text/plain; charset="UTF-8"
Content-Transfer-Encoding: 8bit

${body}
`);
