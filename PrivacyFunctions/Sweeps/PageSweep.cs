using Microsoft.Extensions.Logging;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Sources;

namespace PrivacyFunctions.Sweeps;

/// <summary>What is to become of a page's items.</summary>
/// <param name="Counts">Of what stays.</param>
/// <param name="Kept">What stays because it is protected, by what protects it.</param>
/// <param name="Going">What goes.</param>
/// <param name="Asked">How many were past their end, so that it was asked what protects them.</param>
internal sealed record PagePlan(
    SweepCounts Counts, IReadOnlyDictionary<Protector, int> Kept, IReadOnlyList<DatedItem> Going, int Asked)
{
    /// <summary>Whether it is little enough to be judged and destroyed at one go, and noted in one transaction; a plan that is not was
    /// broken off.</summary>
    public bool IsOneGo => Asked <= DatedPage.SmallSize;

    /// <summary>Whether nothing of the page is past its end.</summary>
    public bool IsNothing => Asked == 0;
}

/// <summary>Judges the items of a page: by its age first, and what is past its end by what protects it.</summary>
internal sealed class PageSweep(SweptSets sets, Func<Protectors> protectorsOfAPage, ILogger<PageSweep> log)
{
    /// <summary>The values to read of each item.</summary>
    public IReadOnlyList<string> ColumnsOf(DataSet set) =>
        [.. sets.Beside(set).Prepend(set).SelectMany(each => (string?[])
            [each.AnchorField, (each.Retention as Retention.After)?.UnlessLater, (each.Find as Find.Scan)?.Property])
            .OfType<string>().Distinct()];

    /// <summary>Judges a page. Nothing is destroyed.</summary>
    public async Task<PagePlan> PlanAsync(
        DataSet set, IEnumerable<DatedItem> items, DateOnly day, CancellationToken cancellation)
    {
        var protectors = protectorsOfAPage();
        var (counts, kept, going, asked) = (new SweepCounts(), new Dictionary<Protector, int>(), new List<DatedItem>(), 0);
        var past = items.Where(item => RecordOwner.Of(set, item) is not RecordOwner.NotInSet && AgeOf(set, item, day) is Age.Past)
            .Take(DatedPage.SmallSize + 1);
        await protectors.ExpectAsync([.. past.SelectMany(item => OwnersOf(set, item)).Select(each => each.Owner)], cancellation);
        foreach (var item in items)
        {
            if (asked > DatedPage.SmallSize) break;
            if (RecordOwner.Of(set, item) is RecordOwner.NotInSet) continue;
            try
            {
                counts += item.IsOutOfReach ? new(Looked: 1, Failed: 1) : await JudgeAsync(item);
            }
            catch (Exception fault) when (ItemFault.IsOfOne(fault))
            {
                log.LogError("A record of the data set {DataSet} could not be judged: {Fault}", set.Id, fault.GetType().Name); // its message may name somebody
                counts += new SweepCounts(Looked: 1, Failed: 1);
            }
        }

        return new(counts, kept, going, asked);

        async Task<SweepCounts> JudgeAsync(DatedItem item)
        {
            switch (AgeOf(set, item, day))
            {
                case Age.NotYet: return new(Looked: 1, NotYet: 1);
                case Age.NoDate: return new(Looked: 1, NoDate: 1);
                case Age.Unreadable: return new(Looked: 1, Unreadable: 1);
            }

            // A row can be in another set too: what that one keeps is not destroyed for this one.
            var owners = OwnersOf(set, item);
            if (owners.Any(each => AgeOf(each.Set, item, day) is not Age.Past)) return new(Looked: 1, NotYet: 1);
            asked++;
            foreach (var (each, whose) in owners)
            {
                if (whose is RecordOwner.Unknown) return new(Looked: 1, NoOwner: 1);
                var (isKnown, first) = await protectors.OfAsync(each, whose, cancellation);
                if (!isKnown) return new(Looked: 1, NoOwner: 1);
                if (first is null) continue;
                kept[first] = kept.GetValueOrDefault(first) + 1;
                return new(Looked: 1, Kept: 1);
            }

            going.Add(item);
            return new(Looked: 1);
        }
    }

    // In the set itself first.
    private List<(DataSet Set, RecordOwner Owner)> OwnersOf(DataSet set, DatedItem item) =>
    [
        .. sets.Beside(set).Prepend(set).Select(each => (Set: each, Owner: RecordOwner.Of(each, item)))
            .Where(each => each.Owner is not RecordOwner.NotInSet),
    ];

    private static Age AgeOf(DataSet set, DatedItem item, DateOnly day) => set.Retention is Retention.After rule
        ? RetentionRule.AgeOf(rule, item.ValueOf(rule.Anchor), item.ValueOf(rule.UnlessLater), day)
        : Age.NotYet; // it ends with the account
}
