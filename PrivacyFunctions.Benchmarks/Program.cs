using PrivacyFunctions.Benchmarks;
using PrivacyFunctions.Benchmarks.Costs;

// PrivacyFunctions.Benchmarks [PART...] [--out FILE]: measures the named parts, or all of them, prints what it finds and with
// --out writes it. "bare PORT FILE" is the server that pages are compared with, which it starts itself.
if (args is ["bare", var port, var page])
{
    await BareServer.RunAsync(port, page);
    return 0;
}

var parts = new Dictionary<string, Func<Report, Task>>
{
    ["sequences"] = Sequences.MeasureAsync,
    ["starts"] = Starts.MeasureAsync,
    ["pages"] = Pages.MeasureAsync,
    ["waiting"] = Waiting.MeasureAsync,
    ["requests"] = Promises.RequestsAsync,
    ["purge"] = Promises.PurgeAsync,
    ["export"] = Promises.ExportAsync,
};
string[] chosen = args is [.. var some, "--out", _] ? some : args;
if (chosen.Except(parts.Keys).FirstOrDefault() is { } unknown)
{
    Console.Error.WriteLine($"There is no part \"{unknown}\": the parts are {string.Join(", ", parts.Keys)}.");
    return 2;
}

var report = new Report(Console.Out);
foreach (var part in chosen is [] ? [.. parts.Keys] : chosen)
    await parts[part](report);
if (args is [.., "--out", var file]) report.WriteTo(file);
return 0;
