using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Links;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Erasure.Model;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Requests.Restriction;
using PrivacyFunctions.Requests.Use.Model;

namespace PrivacyFunctions.Requests.Use;

/// <summary>
/// Stops the use for good: the holds stay, but keep nothing any more, so that the data goes when its time is over or its person wants it
/// erased (art. 17(1)(c)). The person is told so. Whom no mail reaches, or whose mailbox has come to somebody else, an operator has to tell before the
/// case ends.
/// </summary>
internal sealed class TellUseUpheld(
    CaseStore cases, Contacts contacts, MailboxOwners owners, CaseHolds holds, ArguedDecisions decisions, DataMapRegister map,
    SiteLinks links, LastWord lastWord, LegalTime time)
{
    public static readonly Step<CaseStep, bool> Step = new(nameof(TellUseUpheld));

    /// <returns>Whether all is done.</returns>
    [Function(nameof(TellUseUpheld))]
    public async Task<bool> RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        var upheld = await cases.GetAsync<UseRequest>(step.CaseId, cancellation);
        if (upheld is not { Status: CaseStatus.Restricted, ToldAt: null, Explanation: { } name }) return true; // before its end, or after it
        await holds.StopUseAloneAsync(upheld.Id, UseDecisions.UpheldHoldsOf(upheld));

        var explanation = await decisions.ExplanationAsync(upheld.Id, name, cancellation);
        if (!upheld.IsToldByHand) await TellAsync(upheld, explanation, cancellation);
        if (upheld.Decisions == 1) await decisions.ForgetOthersAsync(upheld.Id, name, cancellation); // one that was taken back was told, too
        var now = await time.NowAsync(cancellation);
        await cases.ExecuteAsync<UseRequest>(
            upheld.Id, "tell-upheld", Actors.System, state => UseDecisions.NoteUpheldTold(state, now), [], cancellation);
        return true;
    }

    private async Task TellAsync(UseRequest upheld, IReadOnlyList<string> explanation, CancellationToken cancellation)
    {
        var contact = await contacts.GetAsync(upheld.Id, cancellation);
        var isTheirs = await owners.AreStillAsync(contact.Address, upheld.Id, cancellation);
        var letter = new UseUpheld(upheld.Id, [.. map.Named(upheld)], explanation, links.AskFor(CaseKind.Erasure.Name));
        await lastWord.SayAsync(
            upheld, isTheirs, "use-upheld", letter, new CannotTellOfWeighing(upheld.Id, IsUpheld: true, !isTheirs), cancellation);
    }
}
