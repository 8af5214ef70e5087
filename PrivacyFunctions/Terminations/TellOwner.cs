using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Links;
using PrivacyFunctions.Mail;
using PrivacyFunctions.Records;
using PrivacyFunctions.Terminations.Model;

namespace PrivacyFunctions.Terminations;

/// <summary>
/// What the owner hears on the way, each mail once, after the case says so. Where it does not reach them, the Data Protection Officer is asked to.
/// </summary>
internal sealed class TellOwner(CaseStore cases, CaseMails sent, OwnerMails mails, OfficerMails officer, SiteLinks links, DataMapRegister map)
{
    private const string NotConfirmed = "not-confirmed"; // nothing has changed for whoever asked

    public static readonly Step<CaseStep> TellTerminatedStep = new(nameof(TellTerminated));
    public static readonly Step<CaseStep> TellUndoneStep = new(nameof(TellUndone));
    public static readonly Step<CaseStep> TellNotConfirmedStep = new(nameof(TellNotConfirmed));
    public static readonly Step<CaseStep> TellEmptiedStep = new(nameof(TellEmptied));

    [Function(nameof(TellTerminated))]
    public async Task TellTerminated([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        if (!(await cases.GetAsync<Termination>(step.CaseId, cancellation)).HasItsData) return; // too late to be of use
        await TellAsync(
            step, "terminated",
            state => new TerminationBegun(
                state.Id, state.Account, state.By == TerminationBy.Owner, state.Dates!,
                state.OwnerMayUndo ? links.Undo(state.Id, state.Instants!.UndoUntil) : null),
            cancellation);
    }

    [Function(nameof(TellUndone))]
    public Task TellUndone([ActivityTrigger] CaseStep step, CancellationToken cancellation) =>
        TellAsync(step, "undone", state => new TerminationUndone(state.Id, state.Account), cancellation);

    /// <summary>To whoever was asked. One that an earlier version took in out of a flood, and could not be asked, ends as it began.</summary>
    [Function(nameof(TellNotConfirmed))]
    public async Task TellNotConfirmed([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        if (await sent.SentAtAsync(step.CaseId, "confirmation", cancellation) is null) return;
        await TellAsync(step, NotConfirmed, state => new TerminationNotConfirmed(state.Id, state.Account), cancellation);
    }

    /// <summary>The final notice, with what was done.</summary>
    [Function(nameof(TellEmptied))]
    public async Task TellEmptied([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        var facts = (await cases.AuditAsync(step.CaseId, cancellation)).Select(row => row.Entry.Fact).ToList();
        var ofPerson = map.PurgedWithLastAccount.Select(set => set.Id.Value).ToHashSet();
        var wasLast = facts.OfType<TerminationFact.DataSetPurged>().Any(purged => purged.Items > 0 && ofPerson.Contains(purged.DataSet));
        var times = facts.OfType<TerminationFact.BackupsEmpty>().Count(); // what came back after the notice is told in another one
        await TellAsync(
            step, times == 1 ? "emptied" : $"emptied-{times}", state => AccountEmptied.Of(state, facts, wasLast), cancellation);
    }

    private async Task TellAsync(CaseStep step, string name, Func<Termination, PersonDraft> write, CancellationToken cancellation)
    {
        var state = await cases.GetAsync<Termination>(step.CaseId, cancellation);
        if (await mails.SendAsync(state, name, write(state), cancellation) is var told && told is OwnerTold.Told || name == NotConfirmed) return;
        await officer.TellOnceAsync(
            step.CaseId, $"cannot-tell-{name}", new CannotTellOwner(step.CaseId, state.Account, name, told is OwnerTold.MailboxChanged), cancellation);
    }
}
