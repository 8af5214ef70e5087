using System.Globalization;
using System.Text;

namespace PrivacyFunctions.Benchmarks;

/// <summary>What was measured, each figure with what it is compared with: figures of one run on one machine.</summary>
internal sealed class Report(TextWriter progress)
{
    private readonly StringBuilder _table = new();

    /// <summary>Begins a chapter of the report.</summary>
    public void Begin(string title, string about)
    {
        progress.WriteLine();
        progress.WriteLine(title);
        _table.Append(CultureInfo.InvariantCulture, $"\n## {title}\n\n{about}\n\n| what | figure | compared with | ratio |\n|---|---|---|---|\n");
    }

    /// <summary>A figure beside its baseline, which was measured in the same run.</summary>
    public void Compare(string what, double figure, string unit, double baseline, string baselineIs) => Add(
        what, $"{Text(figure)} {unit}", $"{Text(baseline)} {unit}: {baselineIs}", Text(figure / baseline));

    /// <summary>A figure beside the most that it may be.</summary>
    public void Bound(string what, double figure, string unit, double most) => Add(
        what, $"{Text(figure)} {unit}", $"at most {Text(most)} {unit}", Text(figure / most));

    /// <summary>Writes the report.</summary>
    public void WriteTo(string file) => File.WriteAllText(file, string.Create(CultureInfo.InvariantCulture, $"""
        # What the local host costs

        Made by `dotnet run -c Release --project PrivacyFunctions.Benchmarks -- --out PrivacyFunctions.Benchmarks/results.md` on
        {DateTime.UtcNow:yyyy-MM-dd}, on {Environment.ProcessorCount} cores that did nothing else. All figures come from one run, and what drives the
        load shares the cores with what carries it. Ratios are what to compare between machines.
        {_table}
        """));

    private void Add(string what, string figure, string baseline, string ratio)
    {
        progress.WriteLine($"  {what}: {figure} ({baseline}; {ratio})");
        _table.Append(CultureInfo.InvariantCulture, $"| {what} | {figure} | {baseline} | {ratio} |\n");
    }

    private static string Text(double figure) =>
        figure.ToString(Math.Abs(figure) switch { >= 100 => "N0", >= 10 => "N1", _ => "N2" }, CultureInfo.InvariantCulture);
}
