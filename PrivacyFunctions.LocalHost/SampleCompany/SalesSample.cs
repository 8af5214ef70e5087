using System.Globalization;

namespace PrivacyFunctions.LocalHost.Sample;

/// <summary>Referrals, which are about two people, and payments, which never hold a whole card number.</summary>
internal static class SalesSample
{
    public static void AddTo(SampleData data)
    {
        var faker = new SampleFaker(seed: 4, data.Midnight);
        var users = SamplePeople.All.Where(person => person.Part is SamplePart.AccountUser).ToList();
        var visitors = SamplePeople.All.Where(person => person.Part is SamplePart.Visitor).ToList();
        SamplePerson AnybodyBut(SamplePerson user) => faker.Random.ListItem(users.Where(other => other != user).ToList());

        foreach (var user in users)
        {
            var always = SamplePeople.IsAwkward(user);
            if (always || faker.Chance(0.2f))
                AddReferral(data, faker, referrer: user, referee: faker.Random.ListItem(visitors));
            if (always)
                AddReferral(data, faker, referrer: AnybodyBut(user), referee: user);
            if (always || faker.Chance(0.3f))
                AddPayments(data, faker, user);
        }
    }

    private static void AddReferral(SampleData data, SampleFaker faker, SamplePerson referrer, SamplePerson referee)
    {
        var at = faker.Ago(5, 150);
        data.AddRow("companyReferrals", SampleFaker.Key(referee.Address), $"r-{faker.Random.AlphaNumeric(10)}", at,
            [new("referrals-received", referee.Address), new("referrals-made", referrer.Id)],
            ("RefereeName", referee.Name), ("RefereeEmail", referee.AddressAsTyped), ("ReferrerName", referrer.Name),
            ("ReferrerPersonId", referrer.Id),
            ("Product", faker.Words.PickRandom("Invoicing", "Campaigns", "Help desk")),
            ("Note", faker.Chance(0.6f) ? "We spoke about this at lunch." : null), ("ReferredAt", at));
    }

    private static void AddPayments(SampleData data, SampleFaker faker, SamplePerson user)
    {
        foreach (var number in Enumerable.Range(1, faker.Random.Int(1, 5)))
        {
            var paid = faker.Ago(10, 1400);
            var invoice = string.Create(CultureInfo.InvariantCulture, $"INV-{paid.Year}-{user.Id[2..]}-{number:D2}");
            data.AddRow("companyPayments", user.Id, invoice, paid, [new("payments", user.Id)],
                ("Invoice", invoice), ("BillingName", user.Name),
                ("BillingAddress", $"{faker.Words.Address.StreetAddress()}, {faker.Words.Address.City()}"),
                ("Amount", faker.Random.Int(900, 90_000)), ("Currency", "EUR"),
                ("CardBrand", faker.Words.PickRandom("Visa", "Mastercard")),
                ("CardLastFour", faker.Random.Replace("####")), ("PaidAt", paid), ("FraudScore", faker.Random.Int(0, 100)),
                ("PaymentToken", $"tok-{faker.Random.String2(24)}"));
        }
    }
}
