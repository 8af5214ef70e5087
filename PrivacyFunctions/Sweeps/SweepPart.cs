using Azure;
using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using Microsoft.Extensions.Logging;
using PrivacyFunctions.Clock;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Sources;

namespace PrivacyFunctions.Sweeps;

/// <summary>
/// Sweeps some pages of a data set from where its report says that it is: large ones, and small ones where much is to go. A page is
/// announced before anything of it is destroyed and noted after, so that one that a crash interrupts is done to its end, and
/// counted once.
/// </summary>
internal sealed class SweepPart(
    SweptSets sets, PageSweep pages, IEnumerable<IDatedSource> sources, SweepReports reports, SweepAttention attention, LegalTime time,
    ILogger<SweepPart> log)
{
    public static readonly Step<SweepStep, SweptPart> Step = new(nameof(SweepPart));

    private const int PagesACall = 20;
    private const int FilesBetweenLooks = 8; // of documents, since one may have many files: a hold that comes meanwhile stops the next ones
    private const DayOfWeek AnonymousAreTouchedOn = DayOfWeek.Sunday;
    private static readonly Dictionary<Protector, int> Nothing = [];

    [Function(nameof(SweepPart))]
    public async Task<SweptPart> RunAsync([ActivityTrigger] SweepStep step, CancellationToken cancellation)
    {
        var (set, size) = (sets[step.DataSet], DatedPage.Size);
        var report = await reports.OpenAsync(step, await time.NowAsync(cancellation), cancellation);
        for (var page = 1; page <= PagesACall && report.EndedAt is null; page++)
        {
            (report, size) = await SweepPageAsync(set, report, size, isLast: page == PagesACall, cancellation);
            if (HasFiles(set) && size == DatedPage.SmallSize) break; // one whose files go takes long enough
        }

        return new(IsMore: report.EndedAt is null);
    }

    /// <returns>The report, and how large the next page is: a small one after one in which something was past its end.</returns>
    private async Task<(SweepReport Report, int Size)> SweepPageAsync(
        DataSet set, SweepReport report, int size, bool isLast, CancellationToken cancellation)
    {
        var source = sources.First(source => source.Reaches(set));
        var place = report.Place ?? SweepPlace.Beginning(); // a place that no key opens any more: what is gone is not met again
        var (page, plan) = await LookAsync(source, set, report.Day, place, size, cancellation);
        if (place.Page is { } announced)
        {
            // What an earlier attempt destroyed is not met any more.
            var met = page.Items.Where(item => RecordOwner.Of(set, item) is not RecordOwner.NotInSet);
            var gone = announced.GoneOf(met, plan.Going.Count);
            report = report with { Counts = report.Counts + new SweepCounts(Looked: gone, Gone: gone) };
        }

        if (!plan.IsOneGo)
        {
            place = place with { Page = null };
            (page, plan) = await LookAsync(source, set, report.Day, place, DatedPage.SmallSize, cancellation);
        }

        if (place.Page is null && plan.Going.Count > 0)
        {
            place = place with { Page = PageUnderWay.Of(page, plan.Going) };
            report = await reports.SaveAsync(report with { Place = place }, Nothing, cancellation);
        }

        var (destroyed, kept) = await DestroyAsync(source, set, report.Day, plan, place.Salt, cancellation);
        var counts = plan.Counts + destroyed;
        if (report.Day.DayOfWeek is AnonymousAreTouchedOn)
            await source.TouchAnonymisedAsync(set, [.. page.Items.Except(plan.Going)], cancellation);
        var next = place.Page is { } done ? done.Next : page.Next;
        report = await AfterAsync(report with { Counts = report.Counts + counts }, place, next, cancellation);
        // A page that was only looked at is looked at again after a crash, and counted with the next one that is noted.
        if (!plan.IsNothing || place.Page is not null || report.EndedAt is not null || isLast)
            report = await reports.SaveAsync(report, kept, cancellation);
        return (report, plan.IsNothing ? DatedPage.Size : DatedPage.SmallSize);
    }

    // The report when a page is done: where the next one begins, or the end.
    private async Task<SweepReport> AfterAsync(SweepReport report, SweepPlace done, string? next, CancellationToken cancellation)
    {
        report = report with { Place = next is null ? null : new(next, done.Salt), Attention = null };
        return next is null
            ? await attention.EndAsync(report with { EndedAt = await time.NowAsync(cancellation) }, cancellation)
            : report;
    }

    private async Task<(DatedPage Page, PagePlan Plan)> LookAsync(
        IDatedSource source, DataSet set, DateOnly day, SweepPlace place, int size, CancellationToken cancellation)
    {
        var columns = pages.ColumnsOf(set);
        var page = await source.PageAsync(set, columns, place.At, size, cancellation);
        // A page that was announced is looked at to its last item, in as many pages as the store gives it now.
        while (place.Page is { } begun && page.Next is { } more && page.Items.All(item => IsUpTo(begun.Last, item)))
        {
            var rest = await source.PageAsync(set, columns, more, size, cancellation);
            page = new([.. page.Items, .. rest.Items], rest.Next);
        }

        if (place.Page is { } its) page = page with { Items = [.. page.Items.Where(item => IsUpTo(its.Last, item))] }; // the others have moved up
        return (page, await pages.PlanAsync(set, page.Items, day, cancellation));
    }

    private static bool IsUpTo(string last, DatedItem item) => string.CompareOrdinal(item.Key.Value, last) <= 0;

    /// <returns>What became of what was going, and what of the page is kept by what.</returns>
    private async Task<(SweepCounts Counts, IReadOnlyDictionary<Protector, int> Kept)> DestroyAsync(
        IDatedSource source, DataSet set, DateOnly day, PagePlan plan, byte[] salt, CancellationToken cancellation)
    {
        var (counts, kept, changed, failed) = (new SweepCounts(), plan.Kept.ToDictionary(), 0, 0);
        foreach (var (place, some) in plan.Going.Chunk(HasFiles(set) ? FilesBetweenLooks : DatedPage.Size).Index())
        {
            var still = (IReadOnlyList<DatedItem>)some;
            if (place > 0)
            {
                var again = await pages.PlanAsync(set, some, day, cancellation);
                (counts, still) = (counts + again.Counts with { Looked = 0 }, again.Going); // they were looked at before
                foreach (var (by, records) in again.Kept) kept[by] = kept.GetValueOrDefault(by) + records;
            }

            counts += new SweepCounts(Gone: await Bounded.CountAsync(still, DestroyAsync, cancellation));
        }

        Deletions.Count(set.Id.Value, (int)counts.Gone);
        return (counts + new SweepCounts(Changed: changed, Failed: failed), kept);

        async Task<bool> DestroyAsync(DatedItem item, CancellationToken stop)
        {
            try
            {
                // Once the ground is over for which something was kept, it goes.
                var swept = set.Erasure.Action is ErasureAction.Anonymise
                    ? await source.AnonymiseAsync(set, item, salt, stop)
                    : await source.EraseAsync(set, item, stop);
                if (swept is SweptItem.Changed) Interlocked.Increment(ref changed);
                return swept is SweptItem.Gone;
            }
            catch (RequestFailedException fault) when (ItemFault.IsOfOne(fault))
            {
                log.LogError("A record of the data set {DataSet} could not be destroyed: {Error}", set.Id, fault.ErrorCode);
                Interlocked.Increment(ref failed);
                return false;
            }
        }
    }

    private static bool HasFiles(DataSet set) => set.Store.Match(table => false, blobs => true);
}
