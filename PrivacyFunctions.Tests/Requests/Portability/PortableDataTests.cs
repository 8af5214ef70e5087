using System.Collections.Immutable;
using System.Text.Json;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Requests.Portability;
using PrivacyFunctions.Sources;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Requests.Portability;

/// <summary>What art. 20 covers, by the data map alone: who made a value, and why its set may be used.</summary>
[Clause("R-PORT")]
public class PortableDataTests
{
    private static readonly DataMapRegister Map = DataMapRegister.LoadEmbedded();

    private static readonly Field Plain = new(
        "A", "A", FieldCategory.Content, FieldSource.Provided, NotExported: null, OfOthers: false, IsFile: false, Fields: []);

    /// <summary>The sets of the shipped map, whole, with the fields by their paths.</summary>
    public static TheoryData<string, string> Shipped => new()
    {
        { "directory", "Email PersonId VerifiedAt" },
        { "profiles", "Name Email Phone Company Country Language TimeZone Username SignedUpWith CreatedAt SecurityQuestion" },
        { "profile-photos", "photo" },
        { "customer-accounts", "AccountId Company Country Plan OwnerPersonId CreatedAt" },
        { "event-registrations", "Name Email Company Event EventDate RegisteredAt Attended" },
        { "newsletter-subscriptions", "Name Email Newsletter ConsentText SubscribedAt UnsubscribedAt" },
        { "testimonials", "Name Email Company Text ApprovedAt PublishedAt" },
        { "referrals-made", "ReferrerName ReferrerPersonId Product Note ReferredAt" },
        {
            "support-conversations",
            "Ticket Name Email Subject Channel OpenedAt ClosedAt Messages Messages.At Messages.From Messages.Text attachments"
        },
    };

    /// <summary>A field, and which fields are left of it.</summary>
    public static TheoryData<object, string> Fields => new()
    {
        { Plain, "A" },
        { Plain with { From = FieldSource.Observed }, "A" },
        { Plain with { From = FieldSource.Inferred }, "" },
        { Plain with { NotExported = "a secret" }, "" },
        { Plain with { OfOthers = true }, "" },
        { Plain with { IsFile = true }, "A" },
        { Plain with { Fields = [Plain, Plain with { Name = "B", From = FieldSource.Inferred }] }, "A A.A" },
        { Plain with { Fields = [Plain with { Fields = [Plain with { OfOthers = true }, Plain with { Name = "B" }] }] }, "A A.A A.A.B" },
        { Plain with { Fields = [Plain with { Fields = [Plain with { From = FieldSource.Inferred }] }] }, "" }, // nothing is within
        { Plain with { From = FieldSource.Inferred, Fields = [Plain] }, "" }, // what we made up, of whatever
    };

    [Theory]
    [MemberData(nameof(Shipped))]
    public void Fields_OfASetOfTheShippedMap_AreThoseThatThePersonGaveOrWeRecorded(string set, string fields) =>
        Assert.Equal(fields, Paths(PortableData.Of(Map).Single(covered => covered.Id.Value == set).Fields));

    [Fact]
    public void Sets_OfTheShippedMap_AreThoseOfAConsentOrAContract() =>
        Assert.Equal(Shipped.Select(row => (string)row[0]).Order(), PortableData.Of(Map).Select(set => set.Id.Value).Order());

    [Theory]
    [InlineData(LawfulBasis.Consent, true)]
    [InlineData(LawfulBasis.Contract, true)]
    [InlineData(LawfulBasis.LegalObligation, false)]
    [InlineData(LawfulBasis.VitalInterests, false)]
    [InlineData(LawfulBasis.PublicTask, false)]
    [InlineData(LawfulBasis.LegitimateInterests, false)]
    public void Set_OfEachBasis_IsCoveredByConsentAndContract(object basis, bool covered) =>
        Assert.Equal(covered, IsCovered(Profiles with { Basis = new((LawfulBasis)basis, "words", null) }));

    [Fact]
    public void Set_ThatIsNotThePersonsOwn_IsLeftOutForItsReason()
    {
        var (customers, theirs) = (Profiles with { Role = Role.Processor }, Profiles with { Origin = new(OriginKind.ThirdParty, "words") });
        var never = Profiles with { NotGathered = "It is a copy." };
        Assert.All([customers, theirs, never], set => Assert.False(IsCovered(set)));
        Assert.Equal(
            [NotPortable.OfACustomer, NotPortable.FromSomebodyElse, NotPortable.NotCopied],
            new[] { customers, theirs, never }.Select(PortableData.WhyNot).OfType<NotPortable>());
    }

    [Theory]
    [MemberData(nameof(Fields))]
    public void Field_OfEachKind_IsCoveredAsTheMapSaysWhoMadeIt(object field, string paths) =>
        Assert.Equal(paths, Paths(PortableData.Of(Profiles with { Fields = [(Field)field] }).Fields));

    [Fact]
    public void Inferred_OfTheShippedProfile_IsWhatWeThink() =>
        Assert.Equal(["ProductInterest"], PortableData.Inferred(Profiles.Fields).Select(field => field.Name));

    [Fact]
    public void Record_OfACoveredSet_KeepsWhatIsCoveredAndIsNumbered()
    {
        var covered = PortableData.Of(Profiles with
        {
            Fields =
            [
                Plain, Plain with { Name = "B", From = FieldSource.Inferred },
                Plain with { Name = "C", Fields = [Plain, Plain with { Name = "B", OfOthers = true }] },
            ],
        });
        var taken = PortableData.Of(covered, Record("""{"A":1,"B":"guessed","C":[{"A":"mine","B":"theirs"}],"D":"unknown"}"""), number: 7)!;
        Assert.Equal(("7", """{"A":1,"C":[{"A":"mine"}]}"""), (taken.Key, JsonSerializer.Serialize(taken.Values)));
        Assert.Empty(taken.Files); // the map knows no files here
    }

    [Fact]
    public void Record_WithNothingThatIsCovered_IsNone()
    {
        var covered = PortableData.Of(Profiles with { Fields = [Plain, Plain with { Name = "B", From = FieldSource.Inferred }] });
        Assert.Null(PortableData.Of(covered, Record("""{"B":"guessed"}"""), number: 1));
    }

    [Fact]
    public void Record_OfFiles_KeepsThemUnderTheirNamesWithoutAnyValue()
    {
        var covered = PortableData.Of(Map[DataSetId.Parse("profile-photos")]);
        Assert.Equal(["photo.svg", "a/b.txt"], PortableData.Of(covered, Record("{}"), number: 1)!.Files.Select(file => file.Name));
    }

    private static DataSet Profiles => Map[DataSetId.Parse("profiles")];

    private static bool IsCovered(DataSet set) => !PortableData.Of(set).Fields.IsEmpty;

    private static PersonalRecord Record(string values) => new(
        "the key in the store", JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(values)!,
        [.. new[] { "photo.svg", "the key in the store/a/b.txt" }.Select(
            name => new PersonalFile(name, "text/plain", 1, _ => Task.FromResult(Stream.Null)))],
        []);

    private static string Paths(ImmutableArray<Field> fields) => string.Join(' ', Of(fields, ""));

    private static IEnumerable<string> Of(ImmutableArray<Field> fields, string path) =>
        fields.SelectMany(field => Of(field.Fields, $"{path}{field.Name}.").Prepend(path + field.Name));
}
