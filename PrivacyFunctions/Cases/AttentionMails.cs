using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Mail;

namespace PrivacyFunctions.Cases;

/// <summary>Tells the Data Protection Officer of what a case shows as waiting for a person: one mail for each mark, however often
/// it is noted. A step that breaks again after it worked is marked anew, and told anew.</summary>
internal sealed partial class AttentionMails(OfficerMails officer)
{
    /// <summary>Tells that a step stays broken, or that the person wrote, unless that is recorded as told.</summary>
    public Task TellOnceAsync(CaseId id, AttentionMark mark, CancellationToken cancellation) =>
        TellOnceAsync(id, mark, mark.Step == AttentionMarks.Message ? new PersonWrote(id) : new StepBroken(id, mark.Step), cancellation);

    /// <summary>
    /// The same, if it can be told now. That the provider is away is often what is broken: the mark is there all the same, and the nightly watch tells
    /// what was not told.
    /// </summary>
    public async Task TryTellOnceAsync(CaseId id, AttentionMark mark, ILogger log, CancellationToken cancellation)
    {
        try
        {
            await TellOnceAsync(id, mark, cancellation);
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            log.LogWarning("The officer is told later of case {Case}: {Kind}", id, failure.GetType().Name);
        }
    }

    /// <summary>The same in other words.</summary>
    public Task TellOnceAsync(CaseId id, AttentionMark mark, OfficerDraft letter, CancellationToken cancellation) =>
        officer.TellOnceAsync(id, KeyOf(mark), letter, cancellation);

    // A key of the log and a part of the mail's Message-ID, neither of which takes every character.
    private static string KeyOf(AttentionMark mark) => Special().Replace(
        string.Create(CultureInfo.InvariantCulture, $"attention-{mark.Since:yyyyMMdd'T'HHmmss}-{mark.Scope}-{mark.Step}"), ".");

    [GeneratedRegex("[^A-Za-z0-9-]")]
    private static partial Regex Special();
}
