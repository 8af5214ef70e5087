using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.DataMap;

/// <summary>
/// The register of processing that everything derives from: access answers, erasure plans, retention, the public page.
/// Immutable; one that exists is complete, because loading refuses a map with any gap.
/// </summary>
internal sealed class DataMapRegister
{
    /// <summary>The version of the map's format that this program reads.</summary>
    public const int Format = 1;

    private readonly FrozenDictionary<DataSetId, DataSet> byId;

    internal DataMapRegister(Company company, ImmutableArray<Recipient> recipients, ImmutableArray<DataSystem> systems)
    {
        (Company, Recipients, Systems) = (company, recipients, systems);
        DataSets = [.. systems.SelectMany(system => system.DataSets)];
        byId = DataSets.ToFrozenDictionary(set => set.Id);
        Directory = DataSets.Single(set => set.Identity is not null);
        Accounts = DataSets.SingleOrDefault(set => set.Ownership is not null);
        Newsletters = DataSets.SingleOrDefault(set => set.Subscription is not null);
    }

    public Company Company { get; }

    /// <summary>Everybody who receives anything, in the map's order.</summary>
    public ImmutableArray<Recipient> Recipients { get; }

    public ImmutableArray<DataSystem> Systems { get; }

    /// <summary>All data sets of all systems, in the map's order.</summary>
    public ImmutableArray<DataSet> DataSets { get; }

    /// <summary>The sets of the company's own systems: neither this program's records nor the backups.</summary>
    public IEnumerable<DataSet> OfCompany => Systems.Where(system => !system.IsOwn).SelectMany(system => system.DataSets);

    /// <summary>The sets that a person's access answer collects: ours as a controller, not excluded with a reason.</summary>
    public IEnumerable<DataSet> Gathered => DataSets.Where(set => set.IsGathered);

    /// <summary>The company's sets about a person that are used on its legitimate interests: a person can object to that (Art. 21(1)).</summary>
    public IEnumerable<DataSet> OnLegitimateInterests =>
        OfCompany.Where(set => set.IsGathered && set.Basis.Article is LawfulBasis.LegitimateInterests);

    /// <summary>The sets whose records an access answer contains: those that are gathered, and our own records of the person.</summary>
    public IEnumerable<DataSet> Told => DataSets.Where(set => set.IsGathered || set.IsToldFromOurRecords);

    /// <summary>The sets that hold something of a customer account, all of which goes when the account ends.</summary>
    public IEnumerable<DataSet> PurgedWithAccount => DataSets.Where(set => set.OfAccount is not null);

    /// <summary>
    /// The sets about a person that go when the person's last account ends. The directory comes last: by it the person is found in
    /// the others.
    /// </summary>
    public IEnumerable<DataSet> PurgedWithLastAccount =>
        DataSets.Where(set => set.GoesWithLastAccount).OrderBy(set => set.Identity is not null);

    /// <summary>The set that resolves an address to persons.</summary>
    public DataSet Directory { get; }

    /// <summary>The set that says who owns a customer account; null where the company has no such accounts.</summary>
    public DataSet? Accounts { get; }

    /// <summary>The set that says who subscribed to which newsletter; null where the company has no newsletters.</summary>
    public DataSet? Newsletters { get; }

    /// <summary>Reads the number of a customer account as somebody typed it; never throws.</summary>
    public bool TryReadAccount(string? typed, out AccountId account) =>
        AccountId.TryReadTyped(typed, Accounts?.Ownership?.Letters ?? AccountLetters.Either, out account);

    /// <exception cref="KeyNotFoundException">The map has no such set.</exception>
    public DataSet this[DataSetId id] => byId[id];

    public bool TryGet(DataSetId id, [NotNullWhen(true)] out DataSet? set) => byId.TryGetValue(id, out set);

    /// <summary>The set of that id, as somebody typed it or an older record names it.</summary>
    public bool TryGet(string id, [NotNullWhen(true)] out DataSet? set)
    {
        set = null;
        return DataSetId.TryParse(id, out var known) && TryGet(known, out set);
    }

    /// <exception cref="DataMapException">The map has gaps; all of them are listed.</exception>
    public static DataMapRegister Load(Stream json)
    {
        using var reader = new StreamReader(json);
        return Load(reader.ReadToEnd());
    }

    /// <inheritdoc cref="Load(Stream)"/>
    public static DataMapRegister Load(string json)
    {
        var problems = new List<string>();
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
            var register = RegisterReader.Read(new MapNode(document.RootElement, "data map", problems));
            return register ?? throw new DataMapException(problems);
        }
        catch (JsonException fault)
        {
            throw new DataMapException([$"data map: is not JSON: {fault.Message}"]);
        }
    }

    /// <summary>The map that this program was built with.</summary>
    public static DataMapRegister LoadEmbedded()
    {
        using var json = typeof(DataMapRegister).Assembly.GetManifestResourceStream("datamap.json")
            ?? throw new InvalidOperationException("The data map is not embedded in the assembly.");
        return Load(json);
    }
}
