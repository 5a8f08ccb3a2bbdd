package ndoe.controller.journal;

/** The files of a run folder and the headers of those that are tables. */
enum RunFile {
  RUN("run.json", ""),
  ENVELOPES("envelopes.csv", ""),
  ASSETS("dso-assets.csv", ""),
  FEEDER("feeder.csv", "line,from_bus,to_bus,resistance_ohm,reactance_ohm,rating_kva"),
  TARIFF("tariff.csv", "interval_start,retail_buy_per_kwh,retail_sell_per_kwh"),
  NEGOTIATION(
      "negotiation.csv",
      "round,feedback_pass,cycles,envelope_mismatch_kw,balance_mismatch_kw,"
          + "envelope_movement_per_kwh,trade_movement_per_kwh,objective,lower_bound,upper_bound,"
          + "mode,messages,payload_bytes,elapsed_s"),
  RENEWALS(
      "renewals.csv",
      "interval_start,negotiated_from,start,rounds,feedback_passes,certified,in_force,reason,"
          + "shrink_factor,objective,messages,payload_bytes,elapsed_s"),
  TRADES(
      "trades.csv",
      "interval_start,seller,buyer,power_kw,buyer_pays_per_kwh,seller_receives_per_kwh,"
          + "network_charge_per_kwh"),
  PRICES(
      "prices.csv",
      "interval_start,prosumer,energy_per_kwh,import_limit_per_kwh,import_voltage_part,"
          + "import_thermal_part,import_freedom_part,import_connection_part,export_limit_per_kwh,"
          + "export_voltage_part,export_thermal_part,export_freedom_part,export_connection_part"),
  SETTLEMENT("settlement.csv", "from,to,purpose,amount"),
  DEVICES("devices.csv", "prosumer,device,role,connection,real"),
  COMMANDS("commands.csv", "prosumer,device,role,quantity,asked_kw,time_utc"),
  SETPOINTS(
      "setpoints.csv",
      "interval_start,prosumer,device,role,quantity,asked_kw,applied_kw,result,reason,time_utc"),
  MEASUREMENTS(
      "measurements.csv",
      "interval_start,prosumer,device,role,active_power_kw,reactive_power_kvar,voltage_pu,"
          + "soc_fraction,time_utc"),
  EVENTS("events.csv", "time_utc,severity,device,text"),
  VOLTAGES("voltages.csv", "interval_start,bus,phase,voltage_pu"),
  VIOLATIONS("violations.csv", "interval_start,point,kind,element,value,limit,unit"),
  SCENARIOS("scenarios.csv", "scenario,probability,interval,generation_kw");

  private final String fileName;
  private final String header;

  RunFile(String fileName, String header) {
    this.fileName = fileName;
    this.header = header;
  }

  String fileName() {
    return fileName;
  }

  String header() {
    return header;
  }
}
