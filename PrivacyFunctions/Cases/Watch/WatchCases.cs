using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.Records;

namespace PrivacyFunctions.Cases.Watch;

/// <summary>
/// Looks every night at what is open: the Data Protection Officer is told of each due date that comes near or is over, of each question that
/// a person has not answered, of each case that stands still, and of each step that stays broken if that could not be told at once; once of
/// each, and in numbers how all stands. What is due first comes first, and a night that is broken off is made up for by the next one. It reads
/// each open case once, and no closed one but those that need attention or were closed since the night before.
/// </summary>
internal sealed class WatchCases(
    CaseIndex index, CaseStore cases, EarlierCases earlier, DueWatch due, QuestionWatch question, SilenceWatch silence, AttentionWatch attention, DailyDigest digest,
    LegalTime legal, TimeProvider time, ILogger<WatchCases> log)
{
    private const int AtATime = 8;
    private const int PageSize = 200;

    [Function(nameof(WatchCases))]
    public async Task RunAsync(
        [TimerTrigger("0 0 1 * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        var (clock, now) = (await legal.ClockAsync(cancellation), time.GetUtcNow());
        var night = new WatchNight(legal.DateOf(clock.At(now)), clock, now);
        var (numbers, missed, counting) = (Digest.None, new HashSet<CaseId>(), new Lock());
        try
        {
            await earlier.EnterAsync(cancellation);
        }
        finally
        {
            await EachAsync(CaseLists.Open, LookAsync, Miss, cancellation);
            await EachAsync(CaseLists.Attention, LookAtAttentionAsync, Miss, cancellation);
            await digest.TellAsync(numbers with { NotLookedAt = missed.Count }, night.Today, cancellation);
        }

        async Task LookAsync(CaseRow row, CancellationToken stop)
        {
            await due.LookAsync(row.Case, night.Today, stop);
            await question.LookAsync(row.Case, night.Today, stop);
            // A night that is made up for comes right after the host's start, before the workflows have had the time to catch up.
            if (!timer.IsPastDue) await silence.LookAsync(client, row, night, stop);
            Count(so => so.WithOpen(row.Case, night.Today)); // once looked at: else it is counted as missed
        }

        async Task LookAtAttentionAsync(CaseRow row, CancellationToken stop)
        {
            await attention.LookAsync(row.Case, stop);
            Count(so => so.WithAttention(row.Case));
        }

        // Several are looked at side by side, and one may be on both lists.
        void Miss(CaseId id)
        {
            lock (counting) missed.Add(id);
        }

        void Count(Func<Digest, Digest> one)
        {
            lock (counting) numbers = one(numbers);
        }
    }

    private Task EachAsync(string list, Func<CaseRow, CancellationToken, Task> look, Action<CaseId> miss, CancellationToken cancellation) =>
        Parallel.ForEachAsync(
            index.ReadAsync(list, after: null, dueBefore: null, PageSize, cancellation),
            new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellation },
            async (entry, stop) => await TryLookAsync(entry, look, miss, stop));

    // One that cannot be looked at tonight must not hide the others.
    private async Task TryLookAsync(IndexEntry entry, Func<CaseRow, CancellationToken, Task> look, Action<CaseId> miss, CancellationToken cancellation)
    {
        try
        {
            if (await cases.FindAsync(entry.Due.Case, cancellation) is { } row && CaseIndex.Holds(entry, row.Case)) await look(row, cancellation);
            else await index.RemoveAsync(entry, cancellation);
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            miss(entry.Due.Case);
            log.LogError("Case {Case} cannot be looked at tonight: {Kind}", entry.Due.Case, failure.GetType().Name);
        }
    }
}

/// <summary>A night's look.</summary>
/// <param name="Today">The date in the legal time zone.</param>
/// <param name="Clock">The legal clock.</param>
/// <param name="Now">When it began, by the real clock, UTC.</param>
internal sealed record WatchNight(DateOnly Today, LegalClock Clock, DateTimeOffset Now);
