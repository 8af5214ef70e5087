using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Newsletters;
using PrivacyFunctions.Records;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Newsletters;

/// <summary>Who left a newsletter, on a real table.</summary>
[Clause("M-UNSUB")]
public sealed class SuppressionsTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private readonly RoundTrips _trips = new();
    private readonly FakeTimeProvider _clock = new(Start);

    [Fact]
    public async Task Click_FirstOrRepeated_IsOneRequest()
    {
        var (suppressions, subscription) = (await OpenAsync(_clock), Fresh());
        await suppressions.AddAsync(Fresh(), SuppressedBy.OneClick, default); // makes the table
        for (var clicks = 0; clicks < 3; clicks++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            _trips.Reset();
            await suppressions.AddAsync(subscription, SuppressedBy.OneClick, default);
            Assert.Equal(new(Trips: 1, Requests: 1), _trips.Cost);
            Assert.Equal(_clock.GetUtcNow(), await suppressions.SinceAsync(subscription, default));
        }
    }

    [Fact]
    public async Task Click_AfterItsRowHasGone_IsStoredAgain()
    {
        var (suppressions, subscription) = (await OpenAsync(_clock), Fresh());
        await suppressions.AddAsync(subscription, SuppressedBy.Page, default);
        var table = await (await _trips.OpenAsync()).TableAsync("privacySuppressions");
        await table.DeleteEntityAsync(subscription.Person.Value, subscription.Newsletter.Value);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await suppressions.AddAsync(subscription, SuppressedBy.Page, default);
        Assert.Equal(1, (await table.GetEntityAsync<Azure.Data.Tables.TableEntity>(
            subscription.Person.Value, subscription.Newsletter.Value)).Value.GetInt32("PepperVersion"));
    }

    [Fact]
    public async Task Click_Repeated_CountsAnewAndNeverForAnEarlierTime()
    {
        var (subscription, slow) = (Fresh(), new FakeTimeProvider(Start - TimeSpan.FromMinutes(1)));
        var (one, other) = (await OpenAsync(_clock), await OpenAsync(slow));
        for (var clicks = 0; clicks < 3; clicks++)
        {
            _clock.Advance(TimeSpan.FromMinutes(5));
            await one.AddAsync(subscription, SuppressedBy.Page, default);
            await other.AddAsync(subscription, SuppressedBy.OneClick, default); // its clock is behind
            Assert.Equal(_clock.GetUtcNow(), await other.SinceAsync(subscription, default));
        }

        slow.SetUtcNow(_clock.GetUtcNow() + TimeSpan.FromMinutes(1));
        await other.AddAsync(subscription, SuppressedBy.OneClick, default);
        await one.AddAsync(subscription, SuppressedBy.Page, default);
        Assert.Equal(slow.GetUtcNow(), await one.SinceAsync(subscription, default));
    }

    [Fact]
    public async Task Clicks_ManyAtOnce_LeaveTheLatest()
    {
        var subscription = Fresh();
        var instances = new List<Suppressions>();
        for (var number = 0; number < 8; number++) instances.Add(await OpenAsync(new FakeTimeProvider(Start + TimeSpan.FromSeconds(number))));
        await Task.WhenAll(instances.Select(instance => instance.AddAsync(subscription, SuppressedBy.OneClick, default)));
        Assert.Equal(Start + TimeSpan.FromSeconds(7), await instances[0].SinceAsync(subscription, default));
    }

    [Fact]
    public async Task Click_OnOneNewsletter_LeavesTheOthers()
    {
        var (suppressions, subscription) = (await OpenAsync(_clock), Fresh());
        await suppressions.AddAsync(subscription, SuppressedBy.OneClick, default);
        Assert.NotNull(await suppressions.SinceAsync(subscription, default));
        Assert.Null(await suppressions.SinceAsync(subscription with { Newsletter = NewsletterName.Parse("offers") }, default));
    }

    private static Subscription Fresh() =>
        new(PersonKey.FromBytes(RandomNumberGenerator.GetBytes(PersonKey.Bytes)), NewsletterName.Parse("product-news"));

    private async Task<Suppressions> OpenAsync(TimeProvider clock)
    {
        var storage = await _trips.OpenAsync();
        var pepper = Options.Create(new PrivacyOptions { Pepper = Convert.ToBase64String(new byte[32]) });
        return new(storage, new(storage, pepper, clock), new LegalTime(Options.Create(new PolicyOptions()), storage, clock));
    }
}
