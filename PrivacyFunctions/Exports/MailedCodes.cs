using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Mail;
using PrivacyFunctions.Records;
using PrivacyFunctions.Texts;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Exports;

/// <summary>What came of sending a code.</summary>
internal enum CodeSending
{
    /// <summary>It is on its way.</summary>
    Sent,

    /// <summary>The case has no mailbox any more: it is being closed, or somebody deleted its rows.</summary>
    NoMailbox,

    /// <summary>Enough were sent within a day, or for this case.</summary>
    Enough,

    /// <summary>The mail provider did not take the mail; nothing was counted.</summary>
    NotSent,
}

/// <summary>Mails the codes to the person of a case, and reads what they typed.</summary>
internal sealed class MailedCodes(Contacts contacts, DownloadCodes codes, CaseMails mails, ILogger<MailedCodes> log)
{
    /// <summary>The field of a form into which a code is typed.</summary>
    public const string Field = "code";

    /// <summary>Sends a fresh code, which replaces the one before.</summary>
    public async Task<CodeSending> SendAsync(CaseId id, CancellationToken cancellation)
    {
        if (await contacts.FindAsync(id, cancellation) is null) return CodeSending.NoMailbox;
        if (await codes.IssueAsync(id, cancellation) is not { } code) return CodeSending.Enough;
        var mail = $"code-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}";
        try
        {
            // Also when nobody waits for the answer any more: the code counts, so it must come.
            await mails.SendAsync(id, mail, new DownloadCode(id, code, DownloadCodes.Minutes), CancellationToken.None);
            return CodeSending.Sent;
        }
        catch (Exception failure) when (MailFailures.IsOfTheProvider(failure))
        {
            log.LogWarning("A code of case {Case} did not go out: {Kind}", id, failure.GetType().Name);
            await codes.TakeBackAsync(id, code, CancellationToken.None);
            return CodeSending.NotSent;
        }
    }

    /// <summary>Tries what was typed, and says what is wrong with it. What has not six digits is a slip, and none of the tries.</summary>
    public async Task<(CodeVerdict Verdict, string Problem)> TryAsync(CaseId id, Submission.Fields fields, CancellationToken cancellation)
    {
        var typed = string.Concat(fields[Field].Where(char.IsAsciiDigit));
        if (typed.Length != DownloadCodes.Digits) return (CodeVerdict.Wrong, Says.CodeMissing);
        var verdict = await codes.TryAsync(id, typed, fields["submission"], cancellation);
        return (verdict, verdict switch
        {
            CodeVerdict.Right => "",
            CodeVerdict.Wrong => Says.WrongCode,
            CodeVerdict.Spent => Says.CodeIsSpent.Write(("tries", DownloadCodes.Tries)),
            _ => Says.CodeIsOver.Write(("minutes", DownloadCodes.Minutes), ("tries", DownloadCodes.Tries)),
        });
    }

    private static DownloadText Says => PageText.Of<DownloadText>();
}
