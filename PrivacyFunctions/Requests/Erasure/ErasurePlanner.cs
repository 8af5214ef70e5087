using System.Security.Cryptography;
using NodaTime;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.LegalHolds.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Erasure.Model;
using PrivacyFunctions.Sources;

namespace PrivacyFunctions.Requests.Erasure;

/// <summary>
/// Searches every data set for which we are controller and says what becomes of each item. Service data is never looked
/// at (T-PROCESSOR). Memory is bounded by the number of data sets, not by that of items; but where two sets share a store, it holds the
/// keys of what the one keeps while the other is searched.
/// </summary>
internal sealed class ErasurePlanner(
    DataMapRegister map, PersonalDataSources sources, PersonProtections protections, ErasureVault vault, ErasurePlans plans,
    CaseStore cases, ResumedErasures resumed, LegalTime time)
{
    private const int NonceBytes = 16;

    // Last, because a person is recognised by it.
    private IEnumerable<DataSet> Sets => map.Gathered.OrderBy(set => set == map.Directory);

    /// <summary>Makes and stores a plan as of now, and with it the lists of what it destroys.</summary>
    public async Task<ErasurePlan> MakeAsync(CaseId id, ErasureIdentifiers who, CancellationToken cancellation)
    {
        var nonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(NonceBytes));
        var plan = await ScanAsync(id, who, await time.NowAsync(cancellation), nonce, isListed: true, cancellation);
        await plans.SaveAsync(plan, cancellation);
        return plan;
    }

    /// <summary>The same plan, looked at again: it has the same hash exactly if nothing changed that the hash covers.</summary>
    public Task<ErasurePlan> RepeatAsync(ErasurePlan plan, ErasureIdentifiers who, CancellationToken cancellation) =>
        ScanAsync(plan.Case, who, plan.At, plan.Nonce, isListed: false, cancellation);

    /// <summary>
    /// Two data sets can share a table, and a row can be in both: what one of them keeps, the other must not destroy.
    /// </summary>
    /// <returns>The items that the data sets of the same store keep.</returns>
    public async Task<Dictionary<ItemKey, ItemFate>> KeptBesideAsync(
        DataSet set, SubjectKeys keys, IReadOnlyList<Hold> inForce, DateTimeOffset at, CancellationToken cancellation)
    {
        var kept = new Dictionary<ItemKey, ItemFate>();
        foreach (var other in map.Gathered.Where(other => other != set && SharesStore(other, set)))
            if (ErasureRules.MayRetain(RuleOf(other), Covering(other, inForce)))
                await foreach (var item in sources.FindAsync(other, keys, cancellation))
                    if (FateOf(other, item, inForce, at) is { Fate: ErasureFate.Retain } fate)
                        kept[item.Key] = fate;
        return kept;
    }

    private async Task<ErasurePlan> ScanAsync(
        CaseId id, ErasureIdentifiers who, DateTimeOffset at, string nonce, bool isListed, CancellationToken cancellation)
    {
        var inForce = await protections.OfAsync(who.Now, cancellation);
        var lines = new List<ErasureLine>();
        foreach (var set in await MeantAsync(id, who.Now, inForce, at, cancellation))
        {
            var fates = new Dictionary<ItemFate, ErasureDigest>();
            ItemList? list = null;
            var keptBeside = await KeptBesideAsync(set, who.Now, inForce, at, cancellation);
            try
            {
                await foreach (var item in sources.FindAsync(set, who.Now, cancellation))
                {
                    var fate = FateOf(set, item, inForce, at);
                    if (fate.Fate != ErasureFate.Retain && keptBeside.TryGetValue(item.Key, out var kept)) fate = kept;
                    if (!fates.TryGetValue(fate, out var digest)) fates[fate] = digest = new(who.DigestSalt);
                    digest.Add(item.Key.Value);
                    if (!isListed || fate.Fate == ErasureFate.Retain) continue;
                    list ??= await vault.WriteItemsAsync(id, nonce, set.Id.Value, cancellation);
                    await list.AddAsync(item.Key);
                }
            }
            finally
            {
                if (list is not null) await list.DisposeAsync();
            }

            lines.AddRange(
                from found in fates
                orderby found.Key.Fate, found.Key.Protection?.Kind, found.Key.Protection?.Id, found.Key.Ground
                select new ErasureLine(
                    set.Id.Value, found.Key.Fate, found.Key.Ground, found.Key.Protection, found.Value.Items, found.Value.Value));
        }

        return new(id, at, nonce, lines);
    }

    // What goes on with an earlier erasure is about what a hold kept of it. By the directory the rest of it is found, and who has come
    // back since, so it goes with the last of them.
    private async Task<IReadOnlyList<DataSet>> MeantAsync(
        CaseId id, SubjectKeys who, IReadOnlyList<Hold> inForce, DateTimeOffset at, CancellationToken cancellation)
    {
        var request = await cases.GetAsync<ErasureRequest>(id, cancellation);
        if (request.Resumes is null) return [.. Sets];
        var rest = await resumed.RestAsync(request, who, cancellation);
        var meant = Sets.Where(set => set != map.Directory && rest.Sets.Contains(set.Id.Value)).ToList();
        return rest.IsLast && rest.Kept.Contains(map.Directory.Id.Value)
            && !await HoldAnythingNewAsync(
                Sets.Except([.. meant, map.Directory]).Where(set => !rest.Pending.Contains(set.Id.Value)), who, inForce, at, cancellation)
                ? [.. meant, map.Directory]
                : meant;
    }

    private async Task<bool> HoldAnythingNewAsync(
        IEnumerable<DataSet> others, SubjectKeys who, IReadOnlyList<Hold> inForce, DateTimeOffset at, CancellationToken cancellation)
    {
        foreach (var other in others)
            await foreach (var item in sources.FindAsync(other, who, cancellation))
                if (FateOf(other, item, inForce, at).Fate != ErasureFate.Retain)
                    return true;
        return false;
    }

    /// <summary>
    /// The protections that cover a data set. The directory stays as long as anything of the person is held: without it nobody
    /// would find the hold any more, nor the data that it has kept.
    /// </summary>
    public IReadOnlyList<Hold> Covering(DataSet set, IReadOnlyList<Hold> inForce) =>
        set == map.Directory
            ? [.. inForce.Select(each => each.DataSet is null ? each : each with { DataSet = set.Id.Value })]
            : inForce;

    private static bool SharesStore(DataSet one, DataSet other) => one.System == other.System && one.Store == other.Store;

    private ItemFate FateOf(DataSet set, FoundItem item, IReadOnlyList<Hold> inForce, DateTimeOffset at) =>
        ErasureRules.Decide(RuleOf(set), Covering(set, inForce), KeptUntil(set, item.Anchor), at);

    private static ErasureRule RuleOf(DataSet set) => new(
        set.Id.Value,
        set.Erasure.Action switch
        {
            ErasureAction.Erase => ErasureFate.Erase,
            ErasureAction.Anonymise => ErasureFate.Anonymise,
            _ => ErasureFate.Retain,
        },
        set.Erasure.Ground);

    private static DateTimeOffset? KeptUntil(DataSet set, DateTimeOffset? anchor) =>
        set.Retention is Retention.After { Period: var period } && anchor is { } from
            ? new DateTimeOffset(
                (LocalDateTime.FromDateTime(from.UtcDateTime) + period).ToDateTimeUnspecified(), TimeSpan.Zero)
            : null;
}
