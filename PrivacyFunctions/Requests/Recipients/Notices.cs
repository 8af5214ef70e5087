using Azure;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Recipients.Model;

namespace PrivacyFunctions.Requests.Recipients;

/// <summary>
/// The notices to recipients. What happened to each stands in the chain of its case, also after that is closed; the rows that the person is told
/// of, and the list of what is open, follow it.
/// </summary>
internal sealed class Notices(CaseStore cases, NoticeRows rows, OpenNotices open, LegalTime time)
{
    private const int Attempts = 20;

    /// <summary>All of a case.</summary>
    public async Task<IReadOnlyList<ActNotices>> OfAsync(CaseId id, CancellationToken cancellation) => ActNotices.In(
        [.. (await cases.AuditAsync(id, cancellation)).Select(row => row.Shown).OfType<AuditEntry>().Select(entry => entry.Fact)]);

    /// <summary>Those of one act; null if there are none.</summary>
    public async Task<ActNotices?> FindAsync(CaseId id, RecipientAct act, CancellationToken cancellation) =>
        (await OfAsync(id, cancellation)).FirstOrDefault(notices => notices.Act == act);

    /// <summary>Makes the notices of an act, or finds what an earlier attempt made.</summary>
    public async Task<ActNotices> BeginAsync(
        CaseId id, RecipientAct act, IReadOnlyList<string> dataSets, IReadOnlyList<string> recipients, CancellationToken cancellation)
    {
        if (await FindAsync(id, act, cancellation) is { } begun) return begun;
        var today = time.DateOf(await time.NowAsync(cancellation));
        await open.AddAsync(new(today, id, act), cancellation);
        await cases.ExecuteAsync<Case>(
            id, $"recipients-{act}", Actors.System,
            _ => new Decision.Change(new CaseFact.RecipientsToTell($"{act}", today, dataSets, recipients)), [], cancellation);
        return await FindAsync(id, act, cancellation) ?? throw new InvalidOperationException($"The notices of case {id} are not there.");
    }

    /// <summary>Enters something about a notice. A repetition changes nothing.</summary>
    /// <param name="id">The case.</param>
    /// <param name="act">The act.</param>
    /// <param name="recipient">The recipient's id.</param>
    /// <param name="by">Who enters it.</param>
    /// <param name="decide">A pure decision; it may be called several times.</param>
    /// <param name="cancellation">Stops before it is entered.</param>
    /// <returns>The notice, null if there is none; and why nothing could be entered, if so.</returns>
    public async Task<(RecipientNotice? Notice, NoticeBar? Bar)> EnterAsync(
        CaseId id, RecipientAct act, string recipient, string by, Func<RecipientNotice, NoticeOutcome> decide, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            if ((await FindAsync(id, act, cancellation))?.Find(recipient) is not { } notice) return default;
            switch (decide(notice))
            {
                case NoticeOutcome.Barred { Why: var why }:
                    return (notice, why);
                case NoticeOutcome.NothingToDo:
                    await ShowAsync(id, act, (_, kept) => kept, cancellation); // a crash may have come before it
                    return (notice, null);
                case NoticeOutcome.Entry { Fact: var fact } when attempt < Attempts:
                    await open.AddAsync(new(notice.On, id, act), CancellationToken.None); // so that it is looked at anew, whatever comes in between
                    // Of several that come at a time one takes effect; the others are decided again on what it left.
                    await cases.ExecuteAsync<Case>(
                        id, $"recipient-{act}-{NoticeRows.KeyOf(recipient)}-{notice.Entries}", by, _ => new Decision.Change(fact), [], CancellationToken.None);
                    break;
                default:
                    throw new InvalidOperationException($"A notice of case {id} is entered by too many at a time.");
            }
        }
    }

    /// <summary>Brings the rows of an act, and the list of what is open, to what the chain says.</summary>
    /// <param name="id">The case.</param>
    /// <param name="act">The act.</param>
    /// <param name="person">
    /// Makes the sealed addresses of the person that the row of a notice is to hold of those that it holds. Those of a notice that is answered or too
    /// old go in any case.
    /// </param>
    /// <param name="cancellation">Stops between two.</param>
    public async Task<ActNotices?> ShowAsync(
        CaseId id, RecipientAct act, Func<RecipientNotice, byte[]?, byte[]?> person, CancellationToken cancellation)
    {
        var today = time.DateOf(await time.NowAsync(cancellation));
        for (var attempt = 1; ; attempt++)
        {
            var before = await rows.ReadAsync(id, act, cancellation);
            if (await FindAsync(id, act, cancellation) is not { } found) return null;
            var isGone = today >= NoticeDecisions.GoneOn(found.On);
            try
            {
                foreach (var notice in found.Notices)
                    await rows.WriteAsync(
                        before, id, found, notice, kept => isGone || !notice.IsOpen ? null : person(notice, kept), cancellation);
                if (!found.IsOpen) await open.RemoveAsync(new(found.On, id, act), cancellation);
                return found;
            }
            catch (RequestFailedException failure) when (failure.Status is 409 or 412 && attempt < Attempts)
            {
                // Somebody else was first: they are read again, with what that one has entered.
            }
        }
    }
}
