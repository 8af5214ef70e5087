using System.Collections.Immutable;
using NodaTime;
using NodaTime.Text;

namespace PrivacyFunctions.DataMap;

/// <summary>Reads the parts of a data set that a duty asks for: origin, basis, retention, erasure, decisions.</summary>
internal static class DutyReader
{
    private static readonly Dictionary<string, LawfulBasis> Citations =
        Enum.GetValues<LawfulBasis>().ToDictionary(basis => basis.Citation());

    public static Origin ReadOrigin(MapNode node)
    {
        var origin = new Origin(node.Choice<OriginKind>("kind", "clause C-SOURCE"), node.Text("words"));
        node.ReportUnknown();
        return origin;
    }

    public static LegalBasis ReadBasis(MapNode node)
    {
        var basis = new LegalBasis(
            node.Choice("article", Citations, "Art. 6(1) GDPR"), node.Text("words"), node.OptionalText("interest"));
        if (basis is { Article: LawfulBasis.LegitimateInterests, Interest: null })
            node.Problem("'interest' is missing (a legitimate interest is told: clause C-BASIS)");
        if (basis is { Article: not LawfulBasis.LegitimateInterests, Interest: not null })
            node.Problem($"'interest' belongs to {LawfulBasis.LegitimateInterests.Citation()} only");
        node.ReportUnknown();
        return basis;
    }

    public static Retention ReadRetention(MapNode node, ImmutableArray<Field> fields)
    {
        var words = node.Text("words");
        var rule = node.Text("rule", "accountLife or period");
        if (rule is not ("" or "accountLife" or "period"))
            node.Problem($"'rule' is '{rule}', which is none of accountLife, period");

        Retention retention = rule is "accountLife" ? new Retention.AccountLife(words) : ReadPeriod(node, fields, words);
        node.ReportUnknown();
        return retention;
    }

    private static Retention.After ReadPeriod(MapNode node, ImmutableArray<Field> fields, string words)
    {
        var text = node.Text("period", "an ISO 8601 period, as P13M");
        var period = PeriodPattern.NormalizingIso.Parse(text);
        if (text.Length > 0 && !period.Success)
            node.Problem($"'period' is '{text}', which is no ISO 8601 period, as P13M");

        var anchor = ReadField(node, "anchor", fields);
        var unlessLater = ReadField(node, "unlessLater", fields);
        if (unlessLater is not null && anchor is null)
            node.Problem("'unlessLater' belongs to an 'anchor'");
        return new Retention.After(
            period.Success ? period.Value : Period.Zero, node.Text("after", "the event that the period follows"), anchor, words)
        {
            UnlessLater = unlessLater,
        };
    }

    private static string? ReadField(MapNode node, string name, ImmutableArray<Field> fields)
    {
        var named = node.OptionalText(name);
        if (named is not null && fields.All(field => field.Name != named))
            node.Problem($"'{name}' names the field '{named}', which is not among the fields");
        return named;
    }

    public static Erasure ReadErasure(MapNode node, ImmutableArray<Field> fields)
    {
        var erasure = new Erasure(
            node.Choice<ErasureAction>("action"), node.Text("words"), node.OptionalText("ground"), [.. node.Texts("clears")]);
        if (erasure is { Action: ErasureAction.Retain, Ground: null })
            node.Problem("'ground' is missing (what is retained has a ground: Art. 17(3))");
        if (erasure is { Action: not ErasureAction.Retain, Ground: not null })
            node.Problem("'ground' belongs to 'retain' only");
        if (erasure is { Action: ErasureAction.Anonymise, Clears.IsEmpty: true })
            node.Problem("'clears' is missing (the fields that no longer name anybody: clause K-DISPOSE)");
        if (erasure is { Action: not ErasureAction.Anonymise, Clears.IsEmpty: false })
            node.Problem("'clears' belongs to 'anonymise' only");
        foreach (var unknown in erasure.Clears.Where(name => fields.All(field => field.Name != name)))
            node.Problem($"'clears' names the field '{unknown}', which is not among the fields");
        node.ReportUnknown();
        return erasure;
    }

    /// <summary>Silence would not tell whether anybody thought about it, so the map says <c>"none"</c> or describes it.</summary>
    public static AutomatedDecision? ReadDecision(MapNode set)
    {
        if (set.IsText("automatedDecision", "none"))
            return null;
        var node = set.Child("automatedDecision", "\"none\" or what is decided: Art. 15(1)(h)");
        var decision = new AutomatedDecision(node.Text("logic"), node.Text("consequences"));
        node.ReportUnknown();
        return decision;
    }
}
