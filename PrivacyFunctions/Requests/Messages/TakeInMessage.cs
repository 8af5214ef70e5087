using Microsoft.Extensions.Logging;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Messages.Model;
using PrivacyFunctions.Requests.Model;

namespace PrivacyFunctions.Requests.Messages;

/// <summary>Takes in what a person wrote about their request: its files and words first, so that whoever sees that there are some finds them.</summary>
internal sealed class TakeInMessage(
    CaseStore cases, CaseMessages messages, MessageFiles files, MessageOwners owners, People people, AttentionMails mails, LegalTime time, ILogger<TakeInMessage> log)
{
    /// <summary>Keeps a message and tells the Data Protection Officer of it, once until somebody has read it.</summary>
    /// <param name="open">The case as it was read.</param>
    /// <param name="submission">The key by which a repetition is known.</param>
    /// <param name="words">What the person wrote.</param>
    /// <param name="attached">What came with it.</param>
    /// <param name="isProof">Whether it is to show whose the request is.</param>
    /// <param name="cancellation">Stops before it is kept.</param>
    /// <returns>The case if it takes no message now; null if it has it.</returns>
    public async Task<SubjectRequest?> RunAsync(
        SubjectRequest open, string submission, string words, IReadOnlyList<Attachment> attached, bool isProof, CancellationToken cancellation)
    {
        var name = MessageWords.NameOf(people, open.Id, submission, Attachment.Join(Actors.Subject, attached), words);
        var command = $"message-{name}";
        if (await cases.TookEffectAsync(open.Id, command, cancellation)) return null;
        if (MessageDecisions.WhyNotFromPerson(open, isProof) is not null) return open;

        var now = await time.NowAsync(cancellation);
        for (var number = 1; number <= attached.Count; number++)
            await files.KeepAsync(open.Id, name, number, attached[number - 1].Content, CancellationToken.None);
        await messages.KeepAsync(open.Id, name, MessageFrom.Person, words, [.. attached.Select(each => each.File)], now, CancellationToken.None);
        var (isTaken, isFirst) = (false, false);
        var written = await cases.ExecuteAsync<SubjectRequest>(
            open.Id, command, Actors.Subject,
            state =>
            {
                var decision = MessageDecisions.Receive(state, name, new(time.DateOf(now), time.ClockStartsOn(state), time.Calendars), isProof);
                isTaken = decision is Decision.Change;
                isFirst = decision is Decision.Change { Facts: var facts } && facts.OfType<CaseFact.AttentionNeeded>().Any();
                return decision;
            },
            [], CancellationToken.None);
        if (!isTaken && !await cases.TookEffectAsync(open.Id, command, CancellationToken.None))
        {
            await messages.ForgetAsync(open.Id, name, MessageFrom.Person, CancellationToken.None);
            await files.ForgetAsync(open.Id, name, CancellationToken.None);
            return written;
        }

        await owners.TryNoteAsync(open, cancellation);
        foreach (var mark in written.Attention?.All.Where(mark => isFirst && mark.Step == AttentionMarks.Message) ?? [])
            await mails.TryTellOnceAsync(open.Id, mark, log, cancellation);
        return null;
    }
}
