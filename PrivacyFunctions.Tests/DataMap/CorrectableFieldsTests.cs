using PrivacyFunctions.DataMap;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.DataMap;

/// <summary>What people can correct themselves, of the shipped map: deliberately entered here, field by field.</summary>
[Clause("R-RECTIFY")]
public class CorrectableFieldsTests
{
    private static readonly DataMapRegister Map = DataMapRegister.LoadEmbedded();

    [Fact]
    public void Fields_OfTheShippedMap_AreThoseThatPeopleGaveUs() => Assert.Equal(
        [
            "profiles.Name", "profiles.Phone (optional)", "profiles.Company (optional)", "profiles.Country (optional)",
            "profiles.Language (optional)", "profiles.TimeZone (optional)", "profile-photos.photo (optional)",
            "event-registrations.Name", "event-registrations.Company (optional)", "newsletter-subscriptions.Name (optional)",
            "testimonials.Name", "testimonials.Company (optional)", "forum-posts.DisplayName", "referrals-made.ReferrerName",
            "support-conversations.Name",
        ],
        from set in Map.DataSets
        from field in set.Fields
        where set.MayBeCorrected(field)
        select $"{set.Id}.{field.Name}{(field.IsOptional ? " (optional)" : "")}");

    [Fact]
    public void Fields_ThatAreCorrectedElsewhere_SayHow() => Assert.All(
        from set in Map.DataSets from field in set.Fields where set.IsShownForCorrection(field) && !set.MayBeCorrected(field) select field,
        field => Assert.EndsWith(".", field.NotCorrected));

    // Whoever could change these would be lost, or be somebody else.
    [Fact]
    public void Keys_OfPeopleAndAccounts_AreNeverCorrected()
    {
        var (directory, testimonials) = (Map.Directory, Map[DataSetId.Parse("testimonials")]);
        Assert.DoesNotContain(directory.Fields, directory.IsShownForCorrection);
        Assert.False(testimonials.IsShownForCorrection(testimonials.Fields.Single(field => field.Name == "Email")));
        Assert.All(Map.DataSets.Where(set => set.Role is Role.Processor || !set.IsGathered), set => Assert.DoesNotContain(set.Fields, set.IsShownForCorrection));
    }
}
