using PrivacyFunctions.DataMap;
using PrivacyFunctions.LocalHost.Sample;
using PrivacyFunctions.Sources;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Sources;

/// <summary>A value is put right in a person's records and nowhere else, and done again it changes nothing.</summary>
[Clause("R-RECTIFY")]
public sealed class CorrectTests
{
    private static readonly SamplePerson Person = SamplePeople.ByAddress(SamplePeople.TwoAddressesSecond);
    private static readonly SubjectKeys Keys = SetCopy.Person(Person.Address);

    public static TheoryData<string, string> Fields => new()
    {
        { "profiles", "Name" },
        { "event-registrations", "Name" },
        { "newsletter-subscriptions", "Name" },
        { "testimonials", "Name" },
        { "forum-posts", "DisplayName" },
        { "referrals-made", "ReferrerName" },
        { "support-conversations", "Name" },
    };

    [Theory]
    [MemberData(nameof(Fields))]
    public async Task CorrectAsync_AName_ChangesTheirRecordsAndNoOther(string set, string field)
    {
        var copy = await SetCopy.OfAsync(set);
        var before = await copy.LookAsync();
        var theirs = copy.TruthOf([Person.Id, .. Person.Addresses]).ToHashSet();
        var correction = new FieldCorrection(field, Person.Name, "Renamed");

        var done = await copy.Sources.CorrectAsync(copy.Set, Keys, correction, CancellationToken.None);

        var after = await copy.LookAsync();
        var changed = before.Keys.Where(key => before[key] != after[key]).ToHashSet();
        Assert.Equal(before.Keys.Order(), after.Keys.Order());
        Assert.Subset(theirs, changed);
        Assert.NotEmpty(changed);
        Assert.Equal((changed.Count, changed.Count), (done.Changed, done.Standing));
        Assert.Equal(
            done.Changed,
            await copy.Sources.ExportAsync(copy.Set, Keys, CancellationToken.None).CountAsync(record => record.Values[field].GetString() == "Renamed"));

        var again = await copy.Sources.CorrectAsync(copy.Set, Keys, correction, CancellationToken.None);
        Assert.Equal((0, done.Standing), (again.Changed, again.Standing));
        Assert.Equal(after, await copy.LookAsync());
    }

    [Theory]
    [MemberData(nameof(Fields))]
    public async Task CorrectAsync_OfWhatDoesNotStandThere_ChangesNothing(string set, string field)
    {
        var copy = await SetCopy.OfAsync(set);
        var before = await copy.LookAsync();
        var done = await copy.Sources.CorrectAsync(copy.Set, Keys, new(field, "Nobody of that name", "Renamed"), CancellationToken.None);
        Assert.Equal((0, 0), (done.Changed, done.Standing));
        Assert.NotEqual(0, done.Others);
        Assert.Equal(before, await copy.LookAsync());
    }

    [Fact]
    public async Task CorrectAsync_OfWhatTheMapDoesNotLetPeopleCorrect_TouchesNoStore()
    {
        var copy = await SetCopy.OfAsync("profiles");
        foreach (var field in new[] { "Email", "PasswordHash", "ProductInterest", "CreatedAt", "PartitionKey", "NoSuchField" })
            await Assert.ThrowsAsync<ArgumentException>(
                () => copy.Sources.CorrectAsync(copy.Set, Keys, new(field, "", "x"), CancellationToken.None));
        Assert.DoesNotContain(copy.Set.Fields, field => field.Name == "Email" && copy.Set.MayBeCorrected(field));
    }

    // A file can be taken out and not changed; done again, it is gone already.
    [Fact]
    [Clause("R-DECLINE")]
    public async Task CorrectAsync_AFileThatIsTakenOut_DeletesItAndNoOther()
    {
        var copy = await SetCopy.OfAsync("profile-photos");
        var (before, name) = (await copy.LookAsync(), await NameOfAPhotoAsync(copy));
        await Assert.ThrowsAsync<ArgumentException>(() => copy.Sources.CorrectAsync(copy.Set, Keys, new("photo", name, "other.png"), CancellationToken.None));
        await Assert.ThrowsAsync<ArgumentException>(() => copy.Sources.CorrectAsync(copy.Set, Keys, new("photo", "", ""), CancellationToken.None));
        Assert.Equal(before, await copy.LookAsync());

        Assert.Equal(new CorrectedRecords(1, 1, 0), await copy.Sources.CorrectAsync(copy.Set, Keys, new("photo", name, ""), CancellationToken.None));
        Assert.Equal([$"{Person.Id}/{name}"], before.Keys.Except((await copy.LookAsync()).Keys));
        Assert.Equal(CorrectedRecords.None, await copy.Sources.CorrectAsync(copy.Set, Keys, new("photo", name, ""), CancellationToken.None));
    }

    /// <summary>Done again after a crash, a removal is still one: recipients are told of it.</summary>
    [Theory]
    [Clause("C-RECIPIENTS")]
    [InlineData("", 1, 1, 2, true)]
    [InlineData("", 0, 1, 2, true)]
    [InlineData("", 0, 0, 0, true)]
    [InlineData("", 0, 0, 1, false)]
    [InlineData("right", 1, 1, 0, true)]
    [InlineData("right", 0, 1, 1, true)]
    [InlineData("right", 0, 0, 0, false)]
    [InlineData("right", 0, 0, 1, false)]
    public void IsMade_BecauseTheRightValueStandsOrNothingIsLeft_IsSo(string after, int changed, int standing, int others, bool isMade) =>
        Assert.Equal(isMade, new CorrectedRecords(changed, standing, others).IsMade(new("field", "wrong", after)));

    private static async Task<string> NameOfAPhotoAsync(SetCopy copy) =>
        (await copy.Sources.ExportAsync(copy.Set, Keys, CancellationToken.None).FirstAsync()).Files[0].Name;
}
